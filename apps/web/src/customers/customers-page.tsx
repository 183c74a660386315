import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Users, X } from 'lucide-react'
import { useState } from 'react'
import type { AnswerOf } from '../api/routes.ts'
import { useTranslation } from '../languages/translation.ts'
import { useConditionText } from '../segments/condition-text.ts'
import { stepName } from '../maps/step-name.ts'
import { useMap, useMaps } from '../maps/use-maps.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import type { CustomersSearch } from '../shell/searches.ts'
import { useWorkspace } from '../shell/workspace-context.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import button from '../ui/link-button.module.css'
import { Page } from '../ui/page.tsx'
import table from '../ui/table.module.css'
import { TextInput } from '../ui/text-input.tsx'
import { Failed, Waiting } from '../ui/waiting.tsx'
import styles from './customers-page.module.css'
import { useCustomers } from './use-customers.ts'

const route = getRouteApi('/w/$workspace/customers')

/** Customers: the latest, those of a search, or those behind a number of the map. */
export function CustomersPage() {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const workspace = useWorkspace()
  const search = route.useSearch()
  const customers = useCustomers(workspace.slug, search)
  return (
    <Page
      title={t('place.customers')}
      lead={
        customers.data === undefined
          ? ''
          : t('customers.total', {
              count: customers.data.total,
              n: numbers.count(customers.data.total),
            })
      }
    >
      <Narrowing key={JSON.stringify(search)} workspace={workspace.slug} search={search} />
      {customers.error !== null ? (
        <Failed error={customers.error} onRetry={() => void customers.refetch()} />
      ) : customers.data === undefined ? (
        <Waiting />
      ) : customers.data.customers.length === 0 ? (
        <NoCustomers workspace={workspace.slug} search={search} />
      ) : (
        <>
          <CustomerTable
            workspace={workspace.slug}
            mapId={search.mapId}
            customers={customers.data.customers}
          />
          {customers.data.customers.length < customers.data.total && (
            <p>
              {t('customers.part', {
                count: customers.data.customers.length,
                n: numbers.count(customers.data.customers.length),
              })}
            </p>
          )}
        </>
      )}
    </Page>
  )
}

/** What narrows the list: the words searched for, or the number it came from. */
function Narrowing(props: { readonly workspace: string; readonly search: CustomersSearch }) {
  const { workspace, search } = props
  const { t } = useTranslation()
  const numbers = useNumbers()
  const navigate = useNavigate()
  const condition = useConditionText()
  const [typed, setTyped] = useState(search.search ?? '')
  const map = useMap(workspace, search.mapId)
  const go = (next: CustomersSearch) =>
    void navigate({ to: '/w/$workspace/customers', params: { workspace }, search: next })
  const { stepId, fromMs, toMs } = search
  const said = [
    ...(stepId === undefined
      ? []
      : [
          t(`customerState.${search.state ?? 'visited'}`),
          map.data === undefined ? stepId : stepName(map.data, stepId),
          ...(fromMs === undefined || toMs === undefined ? [] : [numbers.period(fromMs, toMs)]),
        ]),
    ...(search.segment ?? []).map(condition),
  ]
  return (
    <div className={styles.narrowing}>
      <form
        role="search"
        className={styles.search}
        onSubmit={(event) => {
          event.preventDefault()
          // Words are looked for among everybody: a list behind a number is not searched.
          go({ search: typed.trim() === '' ? undefined : typed.trim() })
        }}
      >
        <TextInput
          label={t('customers.search')}
          hideLabel
          type="search"
          placeholder={t('customers.searchHint')}
          value={typed}
          onChange={setTyped}
        />
        <Button type="submit">{t('action.search')}</Button>
      </form>
      {said.length > 0 && (
        <p className={styles.behind}>
          <span>{said.join(' · ')}</span>
          <Button
            kind="quiet"
            label={t('customers.everybody')}
            onPress={() => go({ search: search.search })}
          >
            <X size={14} aria-hidden="true" />
          </Button>
        </p>
      )}
    </div>
  )
}

function CustomerTable(props: {
  readonly workspace: string
  readonly mapId: string | undefined
  readonly customers: AnswerOf<'customers'>['customers']
}) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const maps = useMaps(props.workspace)
  const mapId = props.mapId ?? maps.data?.[0]?.id
  const behind = props.customers.some(({ atMs }) => atMs !== null)
  return (
    <div className={table.frame} tabIndex={0} role="region" aria-label={t('place.customers')}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('customers.customer')}</th>
            <th scope="col" className={table.number}>
              {t('customers.events')}
            </th>
            <th scope="col">{t('customers.first')}</th>
            <th scope="col">{t('customers.last')}</th>
            {behind && <th scope="col">{t('customers.here')}</th>}
          </tr>
        </thead>
        <tbody>
          {props.customers.map((customer) => (
            <tr key={customer.customer}>
              <td className={table.mono}>
                <Link
                  to="/w/$workspace/customers/$customer"
                  params={{ workspace: props.workspace, customer: customer.customer }}
                  search={{ mapId }}
                >
                  {customer.label}
                </Link>
              </td>
              <td className={table.number}>{numbers.count(customer.events)}</td>
              <td className={styles.moment}>{numbers.date(customer.firstMs)}</td>
              <td className={styles.moment}>{numbers.instant(customer.lastMs)}</td>
              {behind && (
                <td className={styles.moment}>
                  {customer.atMs === null ? '' : numbers.instant(customer.atMs)}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

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
          {t('noMap.import')}
        </Link>
      )}
    </EmptyState>
  )
}
