import { createContext, use } from 'react'
import { numberFormats, type NumberFormats } from './number-formats.ts'

export const NumbersContext = createContext<NumberFormats>(numberFormats('en', 'EUR', 'UTC'))

/** The formats of the language spoken and the workspace shown. */
export function useNumbers(): NumberFormats {
  return use(NumbersContext)
}
