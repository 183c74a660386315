import { customerRoutes } from '@parcurs/contract'
import type { Handle } from '../http/serve.ts'
import { customerJourney } from './customer-journey.ts'
import type { CustomerNeeds } from './customer-needs.ts'
import { customersOfVariant, listCustomers } from './list-customers.ts'
import { stepFeedback } from './step-feedback.ts'

/** Customers behind the numbers, and what each of them did. */
export function serveCustomers(handle: Handle, needs: CustomerNeeds): void {
  handle(customerRoutes.customers, ({ workspace, query, signal }) =>
    listCustomers(needs, workspace, query, signal),
  )
  handle(customerRoutes.variantCustomers, ({ workspace, body, signal }) =>
    customersOfVariant(needs, workspace, body, signal),
  )
  handle(customerRoutes.stepFeedback, ({ workspace, params, query, signal }) =>
    stepFeedback(
      needs,
      workspace,
      { mapId: params.mapId, stepId: params.stepId, ...query },
      signal,
    ),
  )
  handle(customerRoutes.customerJourney, ({ workspace, params, query, signal }) =>
    customerJourney(needs, workspace.id, { customer: params.customer, ...query }, signal),
  )
}
