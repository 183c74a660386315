export { DESIGNED_MAP, TOUCHPOINTS } from './designed-map.ts'
export { type PlantedReason } from './problem.ts'
export { DEMO_SHOP, type ShopOptions, type ShopTruth, simulateShop } from './simulation.ts'
