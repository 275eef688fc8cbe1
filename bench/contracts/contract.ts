/** A contract of thirty rules for the synthetic table of twenty columns. Some of them fail, as they do in life. */
import type { Expectation, Field } from '../../schemas/generated/profile.ts'

const FIELDS: readonly Field[] = [
  { name: 'customer_id', type: 'identifier', required: true, unique: true, pattern: '\\d{6,7}' },
  { name: 'company', type: 'organisation-name', required: true },
  { name: 'contact_person', type: 'person-name' },
  { name: 'email', type: 'email' },
  { name: 'phone', type: 'phone' },
  { name: 'website', type: 'url' },
  { name: 'address', type: 'address' },
  { name: 'town' },
  { name: 'province', type: 'region' },
  { name: 'postcode', type: 'identifier', pattern: '\\d{4}' },
  { name: 'category', type: 'category' },
  { name: 'status', type: 'category', enum: ['Active', 'Invalid', 'Dormant'] },
  { name: 'priority', type: 'category', enum: ['High', 'Medium', 'Low'] },
  { name: 'created', type: 'date', min: '2018-01-01', max: '2025-12-31' },
  { name: 'last_order', type: 'date' },
  { name: 'orders', type: 'number', min: 0, max: 400 },
  { name: 'turnover', type: 'number', min: 0 },
  { name: 'currency', type: 'category', enum: ['ZAR'] },
  { name: 'notes' },
  { name: 'active', type: 'category', enum: ['yes', 'no'] }
]
const EXPECTATIONS: readonly Expectation[] = [
  { expect: 'row-count', min: 1 },
  { expect: 'not-null', field: 'created' },
  { expect: 'not-null', field: 'email', mostly: 0.9 },
  { expect: 'matches', field: 'email', pattern: '[a-z0-9.-]+@[a-z0-9-]+\\.example' },
  { expect: 'length', field: 'company', min: 3, max: 120 },
  { expect: 'type', field: 'orders', type: 'integer' },
  { expect: 'not-null', field: 'town', mostly: 0.9 },
  { expect: 'in-set', field: 'town', values: ['Knysna', 'Paarl'], mostly: 0.01, severity: 'warning' },
  { expect: 'unique', fields: ['customer_id', 'company'] },
  { expect: 'compare', field: 'created', is: '<=', to: 'last_order', mostly: 0.4 },
  { expect: 'compare', field: 'turnover', is: '>=', to: 'orders', mostly: 0.9 }
]
/** Columns, two required, one unique, two patterns, four enums, three ranges, eight forms, and those beside the fields. */
export const CONTRACT = { name: 'customers', refine: { entity: 'customer', fields: FIELDS }, expectations: EXPECTATIONS }
