import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'

// Every link of every page leads to a file, and to a heading of it when it names one.

const root = resolve(import.meta.dirname, '..')
const pages = execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((page) => page !== '' && existsSync(join(root, page)))

/** The anchor that a heading is given by the usual renderers. */
function anchorOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[`*]/g, '')
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-')
}

function anchorsOf(page: string): ReadonlySet<string> {
  const text = readFileSync(page, 'utf8').replace(/^```[\s\S]*?^```/gm, '')
  return new Set([...text.matchAll(/^#{1,6} +(.+)$/gm)].map((found) => anchorOf(found[1] ?? '')))
}

describe('[DO1] links lead somewhere', () => {
  test.each(pages)('%s', (page) => {
    const file = join(root, page)
    const text = readFileSync(file, 'utf8').replace(/```[\s\S]*?```/g, '')
    const broken = [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = '']) => {
      if (/^(https?|mailto):/.test(link)) return []
      const [path = '', anchor] = link.split('#')
      const target = path === '' ? file : join(dirname(file), path)
      if (!existsSync(target)) return [link]
      return anchor === undefined || anchorsOf(target).has(anchor) ? [] : [link]
    })
    expect(broken, `broken links in ${relative(root, file)}`).toEqual([])
  })
})

test('[DO2] the README names the two commands as they are typed', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  expect(readme).toContain('npm ci && npm start')
  expect(readme).toContain('npm ci && npm test')
})
