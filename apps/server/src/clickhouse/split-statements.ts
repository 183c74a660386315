/**
 * The statements of a .sql file: ClickHouse takes one at a time. Splits at semicolons outside of
 * quotes and comments; what holds only comments is no statement.
 */
export function splitStatements(text: string): readonly string[] {
  const statements: string[] = []
  let statement = ''
  let empty = true
  for (const [piece] of text.matchAll(PIECE)) {
    if (piece === ';') {
      if (!empty) statements.push(statement.trim())
      statement = ''
      empty = true
    } else {
      statement += piece
      if (!piece.startsWith('--') && !piece.startsWith('/*') && piece.trim() !== '') empty = false
    }
  }
  if (!empty) statements.push(statement.trim())
  return statements
}

/** A comment, a quoted text or name, a semicolon, or the next stretch of anything else. */
const PIECE =
  /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S])*"|`(?:[^`\\]|\\[\s\S])*`|;|[^;'"`\-/]+|[\s\S]/g
