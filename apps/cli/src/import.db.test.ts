import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'

// SPEC.md [IM19]: the command as it is typed, on a data folder of its own where no server runs.

const folder = mkdtempSync(join(tmpdir(), 'parcurs-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const main = fileURLToPath(new URL('./main.ts', import.meta.url))

function parcurs(...args: readonly string[]) {
  return parcursGiven('', ...args)
}

function parcursGiven(input: string, ...args: readonly string[]) {
  return parcursUntil(null, input, ...args)
}

/** @param interrupt the command and whatever it did not set apart get Ctrl-C when this is told; null: never */
function parcursUntil(interrupt: RegExp | null, input: string, ...args: readonly string[]) {
  return new Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>(
    (resolve) => {
      const child = spawn(
        process.execPath,
        ['--conditions=source', `--import=${loader}`, main, ...args],
        {
          cwd: folder,
          env: { ...process.env, PARCURS_HOME: join(folder, 'home') },
          // A group of its own: Ctrl-C at a terminal reaches all of it.
          detached: interrupt !== null,
        },
      )
      child.stdin.end(input)
      let out = ''
      let err = ''
      child.stdout.on('data', (text: Buffer) => (out += text.toString('utf8')))
      let asked = interrupt === null
      child.stderr.on('data', (text: Buffer) => {
        err += text.toString('utf8')
        if (asked || interrupt?.test(err) !== true || child.pid === undefined) return
        asked = true
        process.kill(-child.pid, 'SIGINT')
      })
      child.once('close', (code) => resolve({ code, out, err }))
    },
  )
}

const SHOP = `when,visitor,what,amount
2026-10-01 09:00:00,ann,view_item,
2026-10-01 09:09:00,ann,purchase,25.00
not a time,bob,add_to_cart,
`
writeFileSync(join(folder, 'shop.csv'), SHOP)
writeFileSync(join(folder, 'app.jsonl'), '{"ts":1790000000000,"userId":"ann","event":"open"}\n')
writeFileSync(join(folder, 'empty.csv'), '')

test('[IM19] several files with columns of their own, one of them no good', {
  timeout: 240_000,
}, async () => {
  const { code, out, err } = await parcurs('import', 'shop.csv', 'empty.csv', 'app.jsonl')
  expect(out).toContain('2 events stored, 1 of 3 rows refused')
  expect(out).toContain("line 4: when is 'not a time': expected a time such as")
  expect(out).toContain('1 event stored, 0 of 1 row refused')
  expect(err).toContain('empty.csv: the file is empty')
  expect(code).toBe(1)
  const rejects = readFileSync(join(folder, 'shop.csv.rejects.csv'), 'utf8')
  expect(rejects).toContain('not a time,bob,add_to_cart,,time-unreadable,')
  expect(rejects).toContain(',shop.csv,4,')

  const again = await parcurs('import', 'shop.csv', '--json')
  expect(again.code).toBe(0)
  expect(JSON.parse(again.out)).toMatchObject([
    { state: 'done', progress: { stored: 0, repeated: 2, rejected: 1 } },
  ])
})

test('[CT20] a folder is the files in it, - is standard input, a sheet is a file', {
  timeout: 120_000,
}, async () => {
  mkdirSync(join(folder, 'exports', 'deeper'), { recursive: true })
  writeFileSync(join(folder, 'exports', 'b.csv'), 'when,who,what\n2026-10-01,cid,b\n')
  writeFileSync(join(folder, 'exports', 'deeper', 'a.csv'), 'when,who,what\n2026-10-02,cid,a\n')
  writeFileSync(join(folder, 'exports', '.hidden'), 'x')
  const files = await parcurs('import', 'exports', '--customer', 'who', '--event', 'what')
  expect(files.code).toBe(0)
  expect(files.out.match(/^\S.*csv/gm)).toEqual(['b.csv', 'deeper/a.csv'])
  expect(files.out).not.toContain('rejects')
  const piped = await parcursGiven('when,who,what\n2026-10-03,cid,c\n', 'import', '-', '--dry-run')
  expect(piped.out).toContain('standard input')
  expect(piped.out).toContain('1 event would be')
})

test('[CT21] [CT22] imports are listed and taken away; rejects go where that is said', {
  timeout: 240_000,
}, async () => {
  writeFileSync(join(folder, 'bad.csv'), SHOP.replaceAll('ann', 'dan'))
  await parcurs('import', 'bad.csv', '--rejects', 'refused')
  expect(existsSync(join(folder, 'refused', 'bad.csv.rejects.csv'))).toBe(true)
  expect((await parcurs('imports', 'delete', 'bad.csv')).err).toContain('2 events of 1 customer')
  const gone = await parcurs('imports', 'delete', 'bad.csv', '--yes')
  expect(gone.out).toContain('taken away what bad.csv brought: 2 events')
  expect((await parcurs('imports')).out).toMatch(/nothing was imported|shop\.csv/)
})

test('[CT11] the next command is about what was imported; a second map of the same name is not made', {
  timeout: 240_000,
}, async () => {
  const first = await parcurs('map', '--from-data')
  expect(first).toMatchObject({ code: 0, out: expect.stringContaining('Kept as') })
  const second = await parcurs('map', '--from-data')
  expect(second.out).toContain('is there already, and was left as it is')
  expect(JSON.parse((await parcurs('map', '--from-data', '--update', '--json')).out)).toMatchObject(
    {
      mapId: /parcurs map --map (\S+)/.exec(first.out)?.[1],
    },
  )
})

test('[IM19] a file that is not there, an option that is not one', {
  timeout: 240_000,
}, async () => {
  expect(await parcurs('import', 'nothing.csv')).toMatchObject({
    code: 1,
    err: 'parcurs: no file nothing.csv\n',
  })
  expect((await parcurs('import', 'shop.csv', '--format', 'xlsx')).err).toContain('Allowed choices')
})

test('[CT21] Ctrl-C in the middle of an import stops it, says what is stored and how to go on', {
  timeout: 240_000,
}, async () => {
  const ROWS = 900_000
  const rows = Array.from(
    { length: ROWS },
    (_, i) => `2026-01-01 00:00:00,s${i % 5000},view_item,${i}`,
  )
  writeFileSync(join(folder, 'long.csv'), `when,visitor,what,n\n${rows.join('\n')}\n`)
  const cut = await parcursUntil(/%  [1-9]/, '', 'import', 'long.csv')
  expect(cut.code).toBe(130)
  const stored = Number(
    /stopped: ([\d,]+) events? of long\.csv/.exec(cut.out)?.[1]?.replaceAll(',', ''),
  )
  expect(stored).toBeGreaterThan(0)
  expect(stored).toBeLessThan(ROWS)
  expect(cut.out).toContain('to go on, import the file again')
  expect((await parcurs('imports')).out).toMatch(/long\.csv +cancelled/)
  const on = await parcurs('import', 'long.csv', '--keep', '--json')
  expect(on.code).toBe(0)
  expect(JSON.parse(on.out)).toMatchObject([
    { state: 'done', progress: { stored: ROWS - stored, repeated: stored, collided: 0 } },
  ])
})

test('[CT23] rows that are here already are told, and replaced when that is said', {
  timeout: 240_000,
}, async () => {
  writeFileSync(join(folder, 'twice.csv'), SHOP.replaceAll('ann', 'eve'))
  await parcurs('import', 'twice.csv', '--value', '')
  const kept = await parcurs('import', 'twice.csv')
  expect(kept.out).toContain('2 of the first 2 rows are here already:')
  expect(kept.out).toMatch(/import of twice\.csv of \S+ \S+: 2 events \(im_/)
  expect(kept.out).toContain('0 events stored, 2 were there already')
  const both = await parcurs('import', 'twice.csv', '--replace', '--keep')
  expect(both.err).toContain("'--replace'")
  const replaced = await parcurs('import', 'twice.csv', '--replace')
  expect(replaced.out).toContain('2 events of the import that was there taken away')
  expect(replaced.out).toContain('2 events stored')
})
