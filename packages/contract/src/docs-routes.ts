import { z } from 'zod'
import { ADDRESSES } from './addresses.ts'
import { route } from './route.ts'

export const docsRoutes = {
  openApi: route({
    ...ADDRESSES.openApi,
    access: 'public',
    summary: 'This interface as an OpenAPI 3.1 document',
    tag: 'Operation',
    answersBytes: 'application/json; charset=utf-8',
  }),
  apiPage: route({
    ...ADDRESSES.apiPage,
    access: 'public',
    summary: 'This interface as a page to read',
    tag: 'Operation',
    answersBytes: 'text/html; charset=utf-8',
  }),
  apiStyle: route({
    ...ADDRESSES.apiStyle,
    access: 'public',
    summary: 'The look of that page',
    tag: 'Operation',
    answersBytes: 'text/css; charset=utf-8',
  }),
  problemPage: route({
    ...ADDRESSES.problemPage,
    access: 'public',
    summary: 'What a problem’s type points to: its line on the page',
    tag: 'Operation',
    params: z.strictObject({ code: z.string().max(60) }),
    answersBytes: 'text/html; charset=utf-8',
    problems: ['not-found'],
  }),
}
