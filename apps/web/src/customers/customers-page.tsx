import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Users } from 'lucide-react'
import { useCallback } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { List } from '../lists/list.tsx'
import { useMaps } from '../maps/use-maps.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { MakeSegment } from '../segments/make-segment.tsx'
import type { CustomersChosen } from '../segments/save-segment.ts'
import { SegmentPicker } from '../segments/segment-picker.tsx'
import type { CustomersSearch } from '../shell/searches.ts'
import { useWorkspace } from '../shell/workspace-context.ts'
import { answerIn, askedAs } from '../ui/asked.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import button from '../ui/link-button.module.css'
import { Page } from '../ui/page.tsx'
import { CustomersNarrowed } from './customers-narrowed.tsx'
import { useCustomerColumns } from './customer-columns.tsx'
import { useCustomers } from './use-customers.ts'

const route = getRouteApi('/w/$workspace/customers')

/** Customers: the latest, those of a search, or those behind a number of the map. */
export function CustomersPage() {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const workspace = useWorkspace()
  const search = route.useSearch()
  const navigate = useNavigate()
  const customers = useCustomers(workspace.slug, search)
  const maps = useMaps(workspace.slug)
  const listed = answerIn(customers)
  const columns = useCustomerColumns(
    workspace.slug,
    search.mapId ?? answerIn(maps)?.[0]?.id,
    search.stepId !== undefined,
  )
  const go = useCallback(
    (next: CustomersSearch) =>
      void navigate({
        to: '/w/$workspace/customers',
        params: { workspace: workspace.slug },
        search: next,
      }),
    [navigate, workspace.slug],
  )
  // Words are looked for among everybody: a list behind a number is not searched.
  const onSearch = useCallback(
    (typed: string) => go({ search: typed === '' ? undefined : typed }),
    [go],
  )
  const narrowed =
    search.search !== undefined || search.stepId !== undefined || search.segment !== undefined
  const part = listed !== null && listed.customers.length < listed.total
  return (
    <Page
      title={t('place.customers')}
      lead={
        listed === null
          ? ''
          : t('customers.total', { count: listed.total, n: numbers.count(listed.total) })
      }
      actions={
        narrowed &&
        workspace.role !== 'viewer' && (
          <MakeSegment
            workspace={workspace.slug}
            of={chosenBy(search)}
            name={t(
              search.stepId === undefined
                ? 'customers.found'
                : `customerState.${search.state ?? 'visited'}`,
            )}
          />
        )
      }
    >
      <List
        name="customers"
        label={t('place.customers')}
        asked={askedAs(customers, (answer) => answer.customers)}
        rowId={customerOf}
        columns={columns}
        search={{
          label: t('customers.search'),
          hint: t('customers.searchHint'),
          typed: search.search ?? '',
          onSearch,
        }}
        narrowing={
          <>
            <CustomersNarrowed workspace={workspace.slug} search={search} onGo={go} />
            <SegmentPicker
              segment={search.segment ?? null}
              onChange={(segment) => go({ ...search, segment: segment ?? undefined })}
            />
          </>
        }
        empty={<NoCustomers workspace={workspace.slug} search={search} />}
        note={
          part
            ? t('customers.part', {
                count: listed.customers.length,
                n: numbers.count(listed.customers.length),
              })
            : null
        }
      />
    </Page>
  )
}

/** What the list was asked for, as a segment of the same customers is. */
function chosenBy(search: CustomersSearch): CustomersChosen {
  const { segment, ...rest } = search
  const asked = Object.entries({ ...rest, ...(segment === undefined ? {} : { segment }) })
  return Object.fromEntries(asked.filter(([, value]) => value !== undefined))
}

const customerOf = ({ customer }: { readonly customer: string }) => customer

function NoCustomers(props: { readonly workspace: string; readonly search: CustomersSearch }) {
  const { t } = useTranslation()
  const { search, stepId, segment } = props.search
  const narrowed = search !== undefined || stepId !== undefined || segment !== undefined
  return (
    <EmptyState
      level={2}
      icon={<Users size={24} />}
      title={narrowed ? t('customers.noneFound') : t('customers.none')}
      text={t(
        search !== undefined
          ? 'customers.noneFoundText'
          : narrowed
            ? 'customers.noneBehind'
            : 'customers.noneText',
      )}
    >
      {!narrowed && (
        <Link
          className={button.main}
          to="/w/$workspace/imports"
          params={{ workspace: props.workspace }}
        >
          {t('action.importEvents')}
        </Link>
      )}
    </EmptyState>
  )
}
