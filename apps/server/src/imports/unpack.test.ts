import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { workbook, zipped } from '../testing/zipped.ts'
import { cellText, styleOf } from './cell-text.ts'
import { unpack } from './unpack.ts'

// SPEC.md [IM42] workbooks, [IM43] archives.

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

async function unpacked(bytes: Buffer, name: string, roomBytes = 1e9) {
  const folder = mkdtempSync(join(tmpdir(), 'parcurs-unpack-'))
  folders.push(folder)
  const path = join(folder, 'archive')
  writeFileSync(path, bytes)
  const { parts, passedOver } = await unpack(path, { name, folder, roomBytes })
  const texts = parts.map((part) => [part.name, readFileSync(part.path, 'utf8')])
  return { texts: Object.fromEntries(texts), passedOver, parts }
}

const text = (said: string, at = '') => `<c ${at} t="inlineStr"><is><t>${said}</t></is></c>`

describe('[IM42] a workbook is one file a sheet', () => {
  test('texts, numbers, dates by their styles, values of formulas, gaps', async () => {
    const bytes = await workbook(
      [
        {
          name: 'Orders',
          rows: [
            ['when', 'who', 'what', 'amount', 'paid', 'note'].map((said) => text(said)).join(''),
            '<c s="1"><v>46082.416666666664</v></c><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c><v>19.989999999999998</v></c><c t="b"><v>1</v></c>',
            '<c r="A3" s="2"><v>46083</v></c><c r="C3" t="str"><f>A1&amp;"x"</f><v>a, "b"</v></c><c r="D3"><f>SUM(D2)</f><v>1E3</v></c>',
            '',
            '<c r="B5" s="3"><v>123</v></c><c r="F5" t="e"><v>#N/A</v></c>',
          ],
        },
        { name: 'Cover', rows: [text('Our orders')] },
        { name: 'Empty', rows: [] },
      ],
      {
        strings: [
          '<r><t>an</t></r><r><t xml:space="preserve">n </t></r><rPh><t>no</t></rPh>',
          '<t>two_x000A_lines</t>',
        ],
        formats: [22, 'dd\\.mm\\.yyyy;@', '00000'],
      },
    )
    const { texts, passedOver } = await unpacked(bytes, 'book.xlsx')
    expect(texts).toEqual({
      'book.xlsx › Orders':
        'when,who,what,amount,paid,note\n' +
        '2026-03-01 10:00:00,ann ,"two\nlines",19.99,TRUE\n' +
        '2026-03-02,,"a, ""b""",1000\n' +
        '\n,00123,,,,#N/A\n',
    })
    expect(passedOver).toEqual([
      { name: 'book.xlsx › Cover', why: 'no-rows' },
      { name: 'book.xlsx › Empty', why: 'no-rows' },
    ])
  })

  test('a workbook of one sheet keeps its name; days from 1904', async () => {
    const rows = [text('when'), '<c s="1"><v>44620.5</v></c>']
    const bytes = await workbook([{ name: 'S', rows }], { formats: [14], date1904: true })
    const { texts, parts } = await unpacked(bytes, 'mac.xlsx')
    expect(texts).toEqual({ 'mac.xlsx': 'when\n2026-03-01 12:00:00\n' })
    expect(parts[0]).toMatchObject({ sheet: true })
  })

  test('formulas without their values are told, not taken for nothing', async () => {
    const rows = [text('a') + text('b'), '<c><v>1</v></c><c><f>A2*2</f></c>']
    const { parts, passedOver } = await unpacked(await workbook([{ name: 'S', rows }]), 'b.xlsx')
    expect(parts).toEqual([])
    expect(passedOver).toEqual([{ name: 'b.xlsx › S', why: 'unsaved-formulas' }])
  })

  test.each([
    ['dd/mm/yyyy', 'date'],
    ['[$-410]d mmmm yyyy;@', 'date'],
    ['yyyy"年"m"月"d"日"', 'date'],
    ['m/d/yy h:mm AM/PM', 'date'],
    ['mmm', 'date'],
    ['h:mm:ss.000', 'time'],
    ['[h]:mm:ss', 'number'],
    ['0.00E+00', 'number'],
    ['#,##0.00 "lei"', 'number'],
    ['#,##0.00\\ [$€-1]', 'number'],
    ['#,##0\\ "days"', 'number'],
    ['General', 'number'],
    ['@', 'number'],
    ['0000', 'padded'],
    ['0', 'number'],
  ])('the style %s is a %s', (code, kind) => {
    expect(styleOf(code).kind).toBe(kind)
  })

  test.each([
    // Excel's own examples: the 29 February 1900 that never was, and the last day before it.
    ['1', 'date', 1900, '1900-01-01'],
    ['59', 'date', 1900, '1900-02-28'],
    ['61', 'date', 1900, '1900-03-01'],
    ['39448', 'date', 1900, '2008-01-01'],
    ['37986', 'date', 1904, '2008-01-01'],
    ['46082.416667', 'date', 1900, '2026-03-01 10:00:00'],
    ['0.5', 'time', 1900, '12:00:00'],
    ['46082.5', 'time', 1900, '2026-03-01 12:00:00'],
    ['-3', 'date', 1900, '-3'],
    ['12345678901234567890', 'number', 1900, '12345678901234567890'],
    ['1.23457E+11', 'number', 1900, '123457000000'],
    ['0.30000000000000004', 'number', 1900, '0.3'],
    ['12.5', 'number', 1900, '12.5'],
  ] as const)('%s as a %s from %i is %s', (value, kind, system, right) => {
    expect(cellText(value, { kind }, system)).toBe(right)
  })
})

describe('[IM43] an archive is the files in it', () => {
  test('in the order of their names, without what systems add; workbooks inside too', async () => {
    const rows = [text('a') + text('b'), '<c><v>1</v></c><c><v>2</v></c>']
    const book = await workbook([{ name: 'S', rows }])
    const bytes = await zipped({
      'b.csv': 'x,y\n1,2\n',
      'a/ă.jsonl': '{"a":1}\n',
      'book.xlsx': book,
      'inner.zip': await zipped({ 'c.csv': 'a,b\n' }),
      '__MACOSX/b.csv': 'x',
      '.DS_Store': 'x',
    })
    const { texts, passedOver } = await unpacked(bytes, 'all.zip')
    expect(texts).toEqual({
      'all.zip › a/ă.jsonl': '{"a":1}\n',
      'all.zip › b.csv': 'x,y\n1,2\n',
      'all.zip › book.xlsx': 'a,b\n1,2\n',
    })
    expect(passedOver).toEqual([{ name: 'all.zip › inner.zip', why: 'archive-inside' }])
  })

  test('a bomb is refused by what its directory says, nothing of it is unpacked', async () => {
    const bytes = await zipped({ 'zeros.csv': Buffer.alloc(200_000, 48) })
    bytes.writeUInt32LE(80_000_000, bytes.indexOf(Buffer.from('504b0102', 'hex')) + 24)
    await expect(unpacked(bytes, 'bomb.zip')).rejects.toThrow(
      /would unpack from \d+ to 80000000 bytes/,
    )
  })

  test('a directory that says less than comes, or files over each other, are refused', async () => {
    const bytes = await zipped({ 'zeros.csv': Buffer.alloc(500_000, 48) })
    const lying = Buffer.from(bytes)
    const directory = lying.indexOf(Buffer.from('504b0102', 'hex'))
    lying.writeUInt32LE(5, directory + 24)
    expect((await unpacked(lying, 'lie.zip')).passedOver).toEqual([
      { name: 'lie.zip › zeros.csv', why: 'damaged' },
    ])
    const over = Buffer.from(bytes)
    over.writeUInt32LE(bytes.length * 2, directory + 20)
    await expect(unpacked(over, 'o.zip')).rejects.toThrow('lie over each other')
  })

  test('one long text said in many cells is refused when there is no room', async () => {
    const cells = '<c t="s"><v>0</v></c>'.repeat(100)
    const bytes = await workbook([{ name: 'S', rows: Array.from({ length: 20 }, () => cells) }], {
      strings: [`<t>${'x'.repeat(30_000)}</t>`],
    })
    await expect(unpacked(bytes, 's.xlsx', 20_000_000)).rejects.toThrow('more comes of it')
  })

  test.each([
    [
      'half of an archive',
      async () => (await zipped({ 'a.csv': 'a,b\n' })).subarray(0, 60),
      'damaged',
    ],
    ['an empty one', async () => await zipped({}), 'holds no files'],
    [
      'an OpenDocument sheet',
      async () => await zipped({ mimetype: 'x', 'content.xml': '<x/>' }),
      'OpenDocument',
    ],
  ])('%s is refused in words', async (_, bytes, said) => {
    await expect(unpacked(await bytes(), 'a.zip')).rejects.toThrow(said)
  })

  test('bytes that are not what was packed are told', async () => {
    const bytes = await zipped({ 'a.csv': 'when,who\n', 'b.csv': 'x' })
    const at = bytes.indexOf(Buffer.from('504b0102', 'hex'))
    bytes.writeUInt32LE(7, at + 16)
    expect((await unpacked(bytes, 'a.zip')).passedOver).toEqual([
      { name: 'a.zip › a.csv', why: 'damaged' },
    ])
  })

  test('XML that goes deeper and deeper is refused', async () => {
    const deep = '<a>'.repeat(100_000)
    const bytes = await workbook([{ name: 'S', rows: [deep] }])
    await expect(unpacked(bytes, 'd.xlsx')).rejects.toThrow('deep')
  })
})
