import { execFile } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { matchRule, question, segment } from '@parcurs/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { command, freePort, type Server, startServer, stopServer } from './survival/server.ts'

// Code blocks of the documents are run as they stand, in the order of their page, against a fresh installation.
// ```sh         is run; it must end with 0
// ```text said   are lines of what the block before printed
// ```csv file=X is written to X before
// ```json rule, ```json segment, ```json question are checked by the contract's schema
// Other languages (env, ini) belong to other programs.

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '..')
const docs = join(root, 'docs')

interface Block {
  readonly language: string
  readonly words: readonly string[]
  readonly text: string
}

function blocksOf(page: string): readonly Block[] {
  const text = readFileSync(join(docs, page), 'utf8')
  return [...text.matchAll(/^```(\S+)(.*)\n([\s\S]*?)^```/gm)].map(
    ([, language = '', words = '', body = '']) => ({
      language,
      words: words.trim().split(/\s+/),
      text: body,
    }),
  )
}

const pages = readdirSync(docs).filter((page) => page.endsWith('.md'))
const work = mkdtempSync(join(tmpdir(), 'parcurs-docs-'))
let server: Server
let environment: NodeJS.ProcessEnv

beforeAll(async () => {
  const home = join(work, '.parcurs')
  server = await startServer(home, await freePort())
  const { key } = await command<{ key: string }>(
    server,
    'POST',
    '/api/workspaces/main/write-keys',
    { name: 'documents' },
  )
  const bin = join(work, 'bin')
  mkdirSync(bin)
  symlinkSync(join(root, 'apps/cli/bin/parcurs.mjs'), join(bin, 'parcurs'))
  environment = {
    ...process.env,
    NO_COLOR: '1',
    PATH: `${bin}${delimiter}${process.env['PATH']}`,
    PARCURS_HOME: home,
    PARCURS_URL: server.url,
    PARCURS_TOKEN: server.token,
    WRITE_KEY: key,
  }
})

afterAll(async () => {
  await stopServer(server)
  rmSync(work, { recursive: true, force: true })
})

describe('[DO3] [CT14] code in the documents works and prints what they say', () => {
  // import.md first: what the others ask about is imported there.
  const inOrder = [...pages].sort((a, b) => Number(b === 'import.md') - Number(a === 'import.md'))
  test.each(inOrder)('%s', async (page) => {
    let said = ''
    for (const block of blocksOf(page)) {
      const file = block.words.find((word) => word.startsWith('file='))?.slice('file='.length)
      if (file !== undefined) writeFileSync(join(work, file), block.text)
      if (block.words.includes('rule')) matchRule.parse(JSON.parse(block.text))
      if (block.words.includes('segment')) segment.parse(JSON.parse(block.text))
      if (block.words.includes('question')) question.parse(JSON.parse(block.text))
      if (block.words.includes('said')) {
        for (const line of block.text.trimEnd().split('\n')) expect(said).toContain(line)
      }
      if (block.language !== 'sh') continue
      const ran = run('bash', ['-eu', '-c', block.text], { cwd: work, env: environment })
      await expect(ran, `${page}:\n${block.text}`).resolves.toBeDefined()
      said = (await ran).stdout
    }
  })
})
