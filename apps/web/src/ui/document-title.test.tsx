import { cleanup, render } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { TitleContext } from './document-title.ts'
import { Page } from './page.tsx'

afterEach(cleanup)

test('[UI42] a page names itself and its workspace in the title, and has one heading', () => {
  const { getAllByRole, rerender } = render(
    <TitleContext value="Acme">
      <Page title="Customers">…</Page>
    </TitleContext>,
  )
  expect(document.title).toBe('Customers · Acme · Parcurs')
  expect(getAllByRole('heading', { level: 1 })).toHaveLength(1)
  rerender(
    <TitleContext value="Acme">
      <Page title="Ioana Pop">…</Page>
    </TitleContext>,
  )
  expect(document.title).toBe('Ioana Pop · Acme · Parcurs')
})
