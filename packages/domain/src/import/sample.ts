/** The first rows of a file as text; a missing value is ''. */
export interface Sample {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** What one column of the sample holds. */
export interface ColumnSample {
  readonly name: string
  /** One text a row. */
  readonly texts: readonly string[]
  /** Those that are not empty. */
  readonly filled: readonly string[]
  readonly distinct: number
}

export function columnSamples({ columns, rows }: Sample): readonly ColumnSample[] {
  return columns.map((name, i) => {
    const texts = rows.map((row) => (row[i] ?? '').trim())
    const filled = texts.filter((text) => text !== '')
    return { name, texts, filled, distinct: new Set(filled).size }
  })
}

export function examplesOf(column: ColumnSample): readonly string[] {
  return [...new Set(column.filled)].slice(0, 3)
}
