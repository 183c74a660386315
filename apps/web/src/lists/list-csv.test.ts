import { expect, test } from 'vitest'
import { csvCell, listCsv } from './list-csv.ts'

test.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  ['=1+1', `"'=1+1"`],
  ['+1', `"'+1"`],
  ['@cmd', `"'@cmd"`],
  ['\tx', `"'\tx"`],
  ['-2+3', `"'-2+3"`],
  ['-12.5', '-12.5'],
  ['', ''],
])('[UI38] the cell %j is written %j', (text, written) => {
  expect(csvCell(text)).toBe(written)
})

test('[UI38] the file has the columns shown, titles first, and plain values where they differ', () => {
  const columns = [
    { id: 'name', title: 'Name', text: (row: { name: string; n: number }) => row.name },
    {
      id: 'n',
      title: 'Events, 30 days',
      text: ({ n }: { n: number }) => n.toLocaleString('en'),
      plain: ({ n }: { n: number }) => String(n),
    },
  ]
  expect(listCsv(columns, [{ name: '=HYPERLINK("x")', n: 12_345 }])).toBe(
    `Name,"Events, 30 days"\r\n"'=HYPERLINK(""x"")",12345\r\n`,
  )
})
