import { csvCell } from '@parcurs/domain'
import type { Column } from './column.ts'

/** Rows as a CSV file (RFC 4180), with the titles first. */
export function listCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const lines = [
    columns.map(({ title }) => csvCell(title)),
    ...rows.map((row) => columns.map(({ plain, text }) => csvCell((plain ?? text)(row)))),
  ]
  return `${lines.map((cells) => cells.join(',')).join('\r\n')}\r\n`
}

/** Hands a file to the person. The mark in front tells spreadsheets that it is UTF-8. */
export function saveCsv(name: string, csv: string): void {
  const link = document.createElement('a')
  const url = URL.createObjectURL(new Blob(['\uFEFF', csv], { type: 'text/csv;charset=utf-8' }))
  link.href = url
  link.download = `${name}.csv`
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 1_000)
}
