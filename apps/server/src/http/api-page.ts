import {
  isRole,
  type JsonObject,
  listOf,
  objectOf,
  openApi,
  PROBLEMS,
  problemCodes,
  type Route,
} from '@parcurs/contract'
import { schemaOutline } from './schema-outline.ts'

/**
 * The page of the interface, from the same table as everything else; no script, no other host.
 *
 * @returns the page as an installation shows it that people reach at this origin: its examples can be pasted
 */
export function apiPage(routes: readonly Route[], version: string): (origin: string) => string {
  const [before, after] = pageParts(routes, version)
  return (origin) => `${before}${text(origin)}${after}`
}

function pageParts(routes: readonly Route[], version: string): readonly [string, string] {
  const document = openApi(routes, version)
  // What a reader came for first, the page about the page last.
  const tags = [
    ...new Set(
      [...routes.filter(({ tag }) => tag !== 'Operation'), ...routes].map(({ tag }) => tag),
    ),
  ]
  const sections = tags.map((tag) => {
    const held = routes.filter((route) => route.tag === tag)
    return `<section id="${anchor(tag)}"><h2>${text(tag)}</h2>${held
      .map((route) => entry(route, operationOf(document, route)))
      .join('')}</section>`
  })
  const contents = tags
    .map((tag) => {
      const held = routes.filter((route) => route.tag === tag)
      const links = held.map(({ name }) => `<li><a href="#${name}">${text(name)}</a></li>`)
      return `<li><a href="#${anchor(tag)}">${text(tag)}</a><ul>${links.join('')}</ul></li>`
    })
    .join('')
  const before = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Parcurs API</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/docs/api.css">
</head>
<body>
<header><h1>Parcurs API</h1><p>Version ${text(version)} · <a href="/openapi.json">OpenAPI 3.1 document</a></p></header>
<nav aria-label="Contents"><ul>${contents}<li><a href="#schemas">Schemas</a></li><li><a href="#problems">Problems</a></li></ul></nav>
<main>
<section id="access"><h2>Access</h2>
<p>Programs send an API token: <code>Authorization: Bearer pt_…</code>. Owners make them in a workspace, with a role and an end. People sign in
and hold a session cookie. Events are sent with a write key as the user name of Basic authorization, as Segment’s clients do:</p>
<pre><code>curl -u "$WRITE_KEY:" -H 'content-type: application/json' \\
  -d '{"userId":"ann","event":"Order Completed","properties":{"order_id":"7","revenue":19.9}}' \\
  `
  const after = `/v1/track</code></pre>
<p>Times are milliseconds since 1970 in UTC, ranges include their beginning and not their end, customer keys are decimal strings, shares are 0–1
and <code>null</code> over nobody. A refusal is <a href="#problems">a problem</a> (RFC 9457) that names the value, the place and what was expected.</p>
</section>
${sections.join('\n')}
${schemas(document)}
${problems()}
</main>
</body>
</html>
`
  return [before, after]
}

function entry(route: Route, operation: JsonObject): string {
  const parameters = listOf(operation['parameters']).map(objectOf)
  const inPlace = (place: string) =>
    parameters
      .filter((parameter) => parameter['in'] === place)
      .map(
        ({ name, required, schema }) =>
          `<tr><th scope="row"><code>${text(typeof name === 'string' ? name : '')}</code></th><td>${required === true ? 'required' : 'optional'}</td><td><code>${text(schemaOutline(schema))}</code></td></tr>`,
      )
      .join('')
  const table = (title: string, rows: string) =>
    rows === '' ? '' : `<h4>${title}</h4><table>${rows}</table>`
  const sent = contentOf(operation['requestBody'])
  const [status = '200', answered] =
    Object.entries(objectOf(operation['responses'])).find(([at]) => at.startsWith('2')) ?? []
  const got = contentOf(answered)
  return `<article id="${route.name}">
<h3><span class="method">${route.method}</span> <code>${text(route.path)}</code></h3>
<p>${text(route.summary)}. <span class="access">${text(whoMay(route))}</span></p>
${table('Path', inPlace('path'))}${table('Query', inPlace('query'))}
${sent === null ? '' : `<h4>Body</h4><pre tabindex="0"><code>${text(sent)}</code></pre>`}
<h4>Answer ${status}</h4>${got === null ? '<p>Nothing.</p>' : `<pre tabindex="0"><code>${text(got)}</code></pre>`}
<p class="problems">Problems: ${
    problemCodes(route)
      .map((code) => `<a href="#problem-${code}">${code}</a>`)
      .join(', ') || 'none of its own'
  }</p>
</article>`
}

function whoMay({ access }: Route): string {
  if (access === 'public') return 'For everybody.'
  if (access === 'signed-in') return 'For whoever is signed in.'
  if (access === 'user') return 'For a person with a session.'
  if (access === 'machine') return 'For commands on the server’s machine.'
  if (access === 'write-key') return 'With a write key.'
  if (!isRole(access)) return ''
  return access === 'owner'
    ? 'For owners.'
    : access === 'editor'
      ? 'For editors and owners.'
      : 'For members.'
}

/** What a request or an answer holds, in words; null: nothing. */
function contentOf(part: unknown): string | null {
  const [first] = Object.entries(objectOf(objectOf(part)['content']))
  if (first === undefined) return null
  const [type, held] = first
  return type === 'application/json' ? schemaOutline(objectOf(held)['schema']) : `bytes: ${type}`
}

function operationOf(document: JsonObject, { path, method }: Route): JsonObject {
  const methods = objectOf(document['paths'])[path.replace(/:([a-zA-Z]+)/g, '{$1}')]
  return objectOf(objectOf(methods)[method.toLowerCase()])
}

function schemas(document: JsonObject): string {
  const all = Object.entries(objectOf(objectOf(document['components'])['schemas']))
  return `<section id="schemas"><h2>Schemas</h2>${all
    .map(
      ([name, schema]) =>
        `<article id="schema-${text(name)}"><h3><code>${text(name)}</code></h3><pre tabindex="0"><code>${text(schemaOutline(schema))}</code></pre></article>`,
    )
    .join('')}</section>`
}

function problems(): string {
  const rows = Object.entries(PROBLEMS).map(
    ([code, { status, title }]) =>
      `<tr id="problem-${code}"><th scope="row"><code>${code}</code></th><td>${status}</td><td>${text(title)}</td></tr>`,
  )
  return `<section id="problems"><h2>Problems</h2><p>A code is never renamed and never used for something else.</p><table>${rows.join('')}</table></section>`
}

function anchor(tag: string): string {
  return `tag-${tag.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`
}

function text(raw: string): string {
  return raw
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

export const API_STYLE = `
:root { color-scheme: light dark; --line: #d9dce1; --soft: #f5f6f8; --dim: #5b6270; --accent: #2f5fd0; }
@media (prefers-color-scheme: dark) { :root { --line: #333842; --soft: #1b1e24; --dim: #a3abb9; --accent: #8fb0ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem; font: 16px/1.5 "Noto Sans", system-ui, sans-serif;
  display: grid; grid-template-columns: 15rem minmax(0, 1fr); gap: 0 3rem; }
header { grid-column: 1 / -1; border-bottom: 1px solid var(--line); margin-bottom: 1.5rem; }
h1 { margin: 0; font-size: 1.75rem; } #access h2 { margin-top: 0; } h2 { margin-top: 2.5rem; } h3 { font-size: 1.05rem; overflow-wrap: anywhere; }
h4 { margin: 1rem 0 .25rem; font-size: .85rem; color: var(--dim); }
a { color: var(--accent); }
nav { position: sticky; top: 1rem; align-self: start; max-height: calc(100vh - 2rem); overflow: auto; font-size: .9rem; }
nav ul { list-style: none; margin: 0; padding: 0 0 .75rem; } nav ul ul { padding-left: .75rem; }
nav a { text-decoration: none; display: inline-block; padding: .1rem 0; } nav a:hover { text-decoration: underline; }
article { border-top: 1px solid var(--line); padding: .25rem 0 1rem; }
.method { font-weight: 700; color: var(--accent); } .access, .problems { color: var(--dim); } .problems { font-size: .9rem; }
code, pre { font: .875rem/1.5 ui-monospace, monospace; }
pre { background: var(--soft); border: 1px solid var(--line); border-radius: 6px; padding: .75rem 1rem; overflow: auto; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; font-weight: 400; overflow-wrap: anywhere; }
:target { background: var(--soft); }
@media (max-width: 50rem) { body { display: block; } nav { position: static; max-height: none; } }
`
