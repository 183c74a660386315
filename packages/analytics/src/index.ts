export * from './living-map/living-map.ts'
export * from './question.ts'
export * from './sql.ts'
