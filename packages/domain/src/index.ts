export * from './event.ts'
export * from './feedback.ts'
export * from './journey-map.ts'
export * from './touchpoint.ts'
