import 'react'

declare module 'react' {
  /** CSS variables carry what is measured; the CSP allows them because React sets them through the DOM. */
  interface CSSProperties {
    [variable: `--${string}`]: string | number | undefined
  }
}
