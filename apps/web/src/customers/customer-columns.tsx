import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { AnswerOf } from '../api/routes.ts'
import { useTranslation } from '../languages/translation.ts'
import { type Column, plainInstant } from '../lists/column.ts'
import { NONE } from '../numbers/number-formats.ts'
import { useNumbers } from '../numbers/numbers-context.ts'

/** A customer as lists have them; null: without any event. */
export type ListedCustomer = AnswerOf<'segmentMembers'>['customers'][number]

/**
 * What a list of customers shows of each.
 *
 * @param mapId whose steps the journey behind a name tells
 * @param behind the list is of those behind a number: when they were there is shown
 */
export function useCustomerColumns(
  workspace: string,
  mapId: string | undefined,
  behind: boolean,
): readonly Column<ListedCustomer>[] {
  const { t } = useTranslation()
  const numbers = useNumbers()
  return useMemo(
    () => [
      {
        id: 'customer',
        title: t('customers.customer'),
        fixed: true,
        text: ({ label }) => label,
        cell: ({ customer, label }) => (
          <Link
            to="/w/$workspace/customers/$customer"
            params={{ workspace, customer }}
            search={{ mapId }}
          >
            {label}
          </Link>
        ),
      },
      {
        id: 'user',
        title: t('identity.user'),
        hidden: true,
        text: ({ userId }) => userId,
      },
      {
        id: 'events',
        title: t('customers.events'),
        kind: 'number',
        text: ({ events }) => numbers.count(events),
        order: ({ events }) => events,
        plain: ({ events }) => String(events),
      },
      {
        id: 'first',
        title: t('customers.first'),
        kind: 'moment',
        text: ({ firstMs }) => (firstMs === null ? NONE : numbers.date(firstMs)),
        order: ({ firstMs }) => firstMs,
        plain: ({ firstMs }) => plainInstant(firstMs),
      },
      {
        id: 'last',
        title: t('customers.last'),
        kind: 'moment',
        text: ({ lastMs }) => (lastMs === null ? NONE : numbers.instant(lastMs)),
        order: ({ lastMs }) => lastMs,
        plain: ({ lastMs }) => plainInstant(lastMs),
      },
      ...(behind
        ? [
            {
              id: 'here',
              title: t('customers.here'),
              kind: 'moment' as const,
              text: ({ atMs }: ListedCustomer) => (atMs === null ? '' : numbers.instant(atMs)),
              order: ({ atMs }: ListedCustomer) => atMs,
              plain: ({ atMs }: ListedCustomer) => plainInstant(atMs),
            },
          ]
        : []),
    ],
    [t, numbers, workspace, mapId, behind],
  )
}
