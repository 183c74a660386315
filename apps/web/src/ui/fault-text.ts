import { MAP_FAULTS, RULE_FAULTS } from '@parcurs/domain'
import type { Fault, Form, SchemaFaultCode } from '@parcurs/contract'
import type { TFunction } from 'i18next'

/** What a value in JSON is called; whatever else a schema may want is "another kind of value". */
const TYPES = ['string', 'number', 'int', 'boolean', 'array', 'object', 'null'] as const

/** In the contract's words. The contract itself, with its schemas, is not in the browser; a test compares. */
export const FORM_NAMES = [
  'session',
  'slug',
  'plain',
  'email',
  'whole',
  'currency',
  'customer',
  'date',
  'link',
  'rank',
] as const satisfies readonly Form[]

/** Those with a number or nothing to fill in, and those with a word of their own. */
export const SCHEMA_CODES = [
  'missing',
  'unknown-field',
  'too-short',
  'too-long',
  'too-few',
  'too-many',
  'too-small',
  'too-big',
  'not-one-of',
  'wrong-shape',
  'not-a-multiple',
  'wrong-type',
  'wrong-form',
] as const satisfies readonly SchemaFaultCode[]

/** One fault in the language spoken; of a code that is not known here the place and the value are said. */
export function faultText(t: TFunction, fault: Fault): string {
  const { code, data = {}, place } = fault
  const value = shown(fault.value)
  const rule = RULE_FAULTS.find((one) => one === code)
  if (rule !== undefined) return t(`ruleFault.${rule}`, { value: fault.value })
  const map = MAP_FAULTS.find((one) => one === code)
  if (map !== undefined) return t(`mapFault.${map}`, { value })
  if (code === 'zone-unknown') return t('fault.zone-unknown', { value })
  const schema = SCHEMA_CODES.find((one) => one === code)
  const at = { place: shownPlace(t, place), value }
  switch (schema) {
    case undefined:
      return fault.value === null ? t('fault.unfit', at) : t('fault.wrong-shape', at)
    case 'wrong-type': {
      const type = TYPES.find((one) => one === data['type']) ?? 'other'
      return t('fault.wrong-type', { ...at, type: t(`type.${type}`) })
    }
    case 'wrong-form': {
      const form = FORM_NAMES.find((one) => one === data['form'])
      return form === undefined
        ? t('fault.wrong-shape', at)
        : t('fault.wrong-form', { ...at, form: t(`form.${form}`) })
    }
    case 'unknown-field':
      return t('fault.unknown-field', { fields: data['fields'] })
    case 'not-one-of':
      return t('fault.not-one-of', { ...at, choices: data['choices'] })
    case 'missing':
    case 'wrong-shape':
      return t(`fault.${schema}`, at)
    case 'too-short':
    case 'too-long':
    case 'too-few':
    case 'too-many':
    case 'too-small':
    case 'too-big':
    case 'not-a-multiple':
      return t(`fault.${schema}`, { ...at, count: Number(data['count']) })
  }
}

/** Fields that a person fills in, by the name they have on screen. */
const FIELDS = [
  'name',
  'email',
  'password',
  'currency',
  'timeZone',
  'slug',
  'description',
  'windowDays',
  'role',
] as const

/** `body.stages[0].name` is for programs; a person looks for the field by what it is called. */
function shownPlace(t: TFunction, place: string): string {
  const plain = place.replace(/^(body|query|params)\./, '')
  const last = plain.split('.').at(-1)
  const field = FIELDS.find((one) => one === last)
  return field === undefined ? plain : t(`field.${field}`)
}

/** A value without the quotation marks of JSON; "—" where there is none or it may be a secret. */
function shown(value: string | null): string {
  return value === null ? '—' : value.replace(/^"(.*)"$/s, '“$1”')
}
