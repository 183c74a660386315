const COMMENTS = /^(?:\s+|--[^\n]*\n|\/\*[\s\S]*?\*\/)*/
const READ = /^(?:\(|select\b|with\b)/i
const INSERT_BODY = /^insert\s+into\s+([^\s(]+)\s*(\([\s\S]*?\))?\s+format\s+(\w+)\s*;?\s*$/i

/** Whether the engine can stream the answer; it streams SELECT and nothing else. */
export function isSelect(statement: string): boolean {
  return READ.test(statement.replace(COMMENTS, ''))
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
