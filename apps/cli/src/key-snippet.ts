import {
  browserSnippet,
  curlSnippet,
  nodeSnippet,
  type Sender,
} from '@parcurs/contract/key-snippet'

export type KeyKind = 'browser' | 'server'

/** What to paste, ready with key and address: a page's script, or Node and curl. */
export function snippetLines(kind: KeyKind, sender: Sender): readonly string[] {
  return kind === 'browser'
    ? ['Paste this before </head>:', '', ...browserSnippet(sender)]
    : [
        "From Node, with Segment's client (npm install @segment/analytics-node):",
        '',
        ...nodeSnippet(sender).map(indented),
        '',
        'From a terminal:',
        '',
        ...curlSnippet(sender).map(indented),
      ]
}

const indented = (line: string) => `  ${line}`
