import { expect, test } from 'vitest'
import { rejectLine, rejectsHeader, withoutRejectColumns } from './reject.ts'

const refused = { line: 3, code: 'time-unreadable', detail: '=x', fields: 2 } as const

test('[IM23] cells that a spreadsheet would run are guarded, the row’s and those of why it was refused', () => {
  expect(rejectLine('@f.csv', { ...refused, text: '=1+1,"a,=b"' }, ['a', 'b'])).toBe(
    `'=1+1,"a,=b",time-unreadable,'=x,'@f.csv,3,\n`,
  )
  expect(rejectLine('f.csv', { ...refused, text: '=never "cut', fields: 0 }, ['a', 'b'])).toBe(
    `,,time-unreadable,'=x,f.csv,3,"'=never ""cut"\n`,
  )
  expect(rejectsHeader(['=a'])).toMatch(/^'=a,rejected_reason,/)
})

test('[IM23] mended and imported, a guarded cell is what it was, also one that began with an apostrophe', () => {
  const header = rejectsHeader(['a']).trim().split(',')
  const cells: string[] = []
  const sink = withoutRejectColumns({
    columns: () => {},
    row: (bytes, starts, ends) => {
      cells.push(bytes.toString('utf8', starts[0], ends[0]))
    },
    reject: () => {},
  })
  sink.columns(header)
  for (const cell of ["'=1+1", "''=1+1", "'-5", "'tis", "'"]) {
    const bytes = Buffer.from(cell)
    sink.row(bytes, Uint32Array.of(0), Uint32Array.of(bytes.length), 1, 2)
  }
  expect(cells).toEqual(['=1+1', "'=1+1", "'-5", "'tis", "'"])
})
