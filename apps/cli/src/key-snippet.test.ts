import { Script } from 'node:vm'
import { expect, test } from 'vitest'
import { snippetLines } from './key-snippet.ts'

const sender = { key: 'pw_1', address: 'https://journeys.example.com' }

test('[CT13] a browser gets Segment’s snippet, loading from the installation alone, in 80 columns', () => {
  const lines = snippetLines('browser', sender)
  const page = lines.join('\n')
  expect(page).toContain('a._writeKey="pw_1"')
  expect([...page.matchAll(/https?:\/\/[^"/]+/g)].map(String)).toEqual([sender.address])
  expect(lines.filter((line) => line.length > 80)).toEqual([])
  // What the script runs is JavaScript.
  const script = /<script>(.*)<\/script>/s.exec(page)?.[1] ?? ''
  expect(() => new Script(script)).not.toThrow()
})

test('[CT13] a server gets Node and curl with its key', () => {
  const text = snippetLines('server', sender).join('\n')
  expect(text).toContain("writeKey: 'pw_1'")
  expect(text).toContain("curl -sSf -u 'pw_1:' 'https://journeys.example.com/v1/track' \\")
})
