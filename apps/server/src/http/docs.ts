import { docsRoutes, openApi, PROBLEMS, refuse, ROUTES } from '@parcurs/contract'
import { API_STYLE, apiPage } from './api-page.ts'
import type { Handle } from './serve.ts'

/** The interface describing itself. Made once: the table of routes does not change while we run. */
export function serveDocs(handle: Handle, version: string): void {
  const document = JSON.stringify(openApi(ROUTES, version))
  const page = apiPage(ROUTES, version)
  const fresh = (header: (name: string, value: string) => void) =>
    header('cache-control', 'no-cache')
  handle(docsRoutes.openApi, async ({ header }) => {
    fresh(header)
    return document
  })
  handle(docsRoutes.apiPage, async ({ header, origin }) => {
    fresh(header)
    return page(origin)
  })
  handle(docsRoutes.apiStyle, async ({ header }) => {
    fresh(header)
    return API_STYLE
  })
  handle(docsRoutes.problemPage, async ({ params, header }) => {
    if (!Object.hasOwn(PROBLEMS, params.code)) {
      return refuse('not-found', `'${params.code}' is no problem's code`)
    }
    header('refresh', `0; url=/docs/api#problem-${params.code}`)
    return `<!doctype html><title>${params.code}</title><a href="/docs/api#problem-${params.code}">${params.code}</a>`
  })
}
