const COMMENTS = /^(?:\s+|--[^\n]*\n|\/\*[\s\S]*?\*\/)*/
const READ = /^(?:\(|select\b|with\b)/i
const INSERT_BODY = /^insert\s+into\s+([^\s(]+)\s*(\([\s\S]*?\))?\s+format\s+(\w+)\s*;?\s*$/i

/** Whether the engine can stream the answer; it streams SELECT and nothing else. */
export function isSelect(statement: string): boolean {
  return READ.test(statement.replace(COMMENTS, ''))
}

/**
 * Why a statement may not run where only reading is allowed; null: it may. The engine's own readonly
 * mode refuses the rest, but lets these by.
 * TRICKY: any mention of OUTFILE, also inside a text: telling quotes apart here and in the engine in
 * different ways would be the hole.
 */
export function readonlyRefusal(statement: string): string | null {
  if (!isSelect(statement)) return 'only SELECT is allowed here'
  return /outfile/i.test(statement) ? 'INTO OUTFILE is not allowed here' : null
}

export interface InsertTarget {
  readonly table: string
  /** With its parentheses, or empty. */
  readonly columns: string
  readonly format: string
}

/** An INSERT whose rows come after it, or null for every other statement. */
export function insertTarget(statement: string): InsertTarget | null {
  const found = INSERT_BODY.exec(statement.replace(COMMENTS, ''))
  if (found === null) return null
  const [, table, columns, format] = found
  if (table === undefined || format === undefined) return null
  return { table, columns: columns ?? '', format }
}

/** A ClickHouse string literal. */
export function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\0', '\\0')}'`
}

export function identifier(name: string): string {
  return `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``
}
