import { expect, test } from 'vitest'
import { listCsv } from './list-csv.ts'

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
