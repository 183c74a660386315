/** What the shop sells: eight categories of ten products, prices in euros. */
export interface Product {
  readonly id: string
  readonly name: string
  readonly category: string
  readonly path: string
  readonly categoryPath: string
  readonly price: number
}

const CATEGORIES = [
  { slug: 'dresses', noun: 'Dress', price: 79 },
  { slug: 'shoes', noun: 'Sneakers', price: 95 },
  { slug: 'coats', noun: 'Coat', price: 149 },
  { slug: 'shirts', noun: 'Shirt', price: 45 },
  { slug: 'trousers', noun: 'Trousers', price: 65 },
  { slug: 'knitwear', noun: 'Jumper', price: 69 },
  { slug: 'bags', noun: 'Bag', price: 85 },
  { slug: 'accessories', noun: 'Scarf', price: 29 },
] as const

const LOOKS = [
  'Linen',
  'Sand',
  'Midnight',
  'Olive',
  'Merino',
  'Poppy',
  'Harbour',
  'Quilted',
  'Ribbed',
  'Classic',
] as const

export const PRODUCTS: readonly Product[] = CATEGORIES.flatMap(({ slug, noun, price }, row) =>
  LOOKS.map((look, column) => {
    const name = `${look} ${noun}`
    return {
      id: `p-${row + 1}${String(column).padStart(2, '0')}`,
      name,
      category: slug,
      path: `/p/${name.toLowerCase().replace(' ', '-')}`,
      categoryPath: `/c/${slug}`,
      // 70 % to 133 % of the category's price, always ending in .90
      price: Math.floor(price * (0.7 + column * 0.07)) + 0.9,
    }
  }),
)

export const SEARCHES = ['dress', 'white sneakers', 'winter coat', 'gift', 'bag', 'linen shirt']
