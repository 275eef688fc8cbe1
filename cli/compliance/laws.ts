/**
 * Which provision asks for which part of the evidence. POPIA: Protection of Personal Information Act 4 of 2013 (South
 * Africa). GDPR: Regulation (EU) 2016/679. This is a map to the evidence, and no legal advice.
 */
import type { ComplianceEvidence } from '../../schemas/generated/compliance-evidence.ts'

export const LAWS: ComplianceEvidence['laws'] = [
  { law: 'popia', provision: 'section 11', asks: 'consent, justification and objection', answer: 'columns: lawful_basis; consent' },
  { law: 'popia', provision: 'section 12', asks: 'collection directly from the data subject', answer: 'columns: sources' },
  { law: 'popia', provision: 'section 13', asks: 'collection for a specific purpose', answer: 'purpose' },
  { law: 'popia', provision: 'section 14', asks: 'retention and restriction of records', answer: 'retention' },
  { law: 'popia', provision: 'section 16', asks: 'quality of information', answer: 'the data quality report of the run' },
  { law: 'popia', provision: 'section 17', asks: 'documentation of all processing operations', answer: 'run_id, record_hash, inputs, outputs' },
  { law: 'popia', provision: 'section 19', asks: 'security measures', answer: 'columns: masked_in_reports, withheld_without_consent' },
  { law: 'gdpr', provision: 'article 5(1)(b)', asks: 'purpose limitation', answer: 'purpose' },
  { law: 'gdpr', provision: 'article 5(1)(e)', asks: 'storage limitation', answer: 'retention' },
  { law: 'gdpr', provision: 'article 5(2)', asks: 'accountability', answer: 'responsible, decisions' },
  { law: 'gdpr', provision: 'article 6', asks: 'lawfulness of processing', answer: 'columns: lawful_basis' },
  { law: 'gdpr', provision: 'article 7(1)', asks: 'demonstrable consent', answer: 'consent' },
  { law: 'gdpr', provision: 'article 14(2)(f)', asks: 'the source of data not obtained from the data subject', answer: 'columns: sources' },
  { law: 'gdpr', provision: 'article 30(1)', asks: 'records of processing activities', answer: 'columns, purpose, retention, inputs, outputs' },
  { law: 'gdpr', provision: 'article 32', asks: 'security of processing', answer: 'columns: masked_in_reports, withheld_without_consent' }
]
