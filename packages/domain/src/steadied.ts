// What data says must not steer the terminal that shows it: names, labels and refusals may hold any character.

const COLOUR = String.raw`\u001b\[[0-9;]*m`
const STEERING = String.raw`[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]`
const STEERS = new RegExp(`(${COLOUR})|(${STEERING})`, 'gu')

/**
 * Text with every character that would steer a terminal shown by its number, as `\x1b`; line ends, tabs and colours
 * stay.
 */
export function steadied(text: string): string {
  return text.replaceAll(STEERS, (found, colour: string | undefined) =>
    colour === undefined ? escaped(found) : found,
  )
}

function escaped(character: string): string {
  const code = character.charCodeAt(0)
  const digits = code.toString(16)
  // From 127 on as JSON escapes it: what is printed as JSON stays JSON of the same text.
  return code < 127 ? `\\x${digits.padStart(2, '0')}` : `\\u${digits.padStart(4, '0')}`
}
