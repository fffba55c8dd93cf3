import { text } from './table'

export const remember = {
  rememberTitle: text('下次不用再填写', '下次不用再填寫', 'Skip the form next time'),
  rememberedUntil: text(
    '已为此账号记住 {name} 的身份信息，{time} 自动删除。下次仍须核验本人。',
    '已為此帳號記住 {name} 的身份資料，{time} 自動刪除。下次仍須核驗本人。',
    'The document of {name} is remembered for this account until {time}. All checks are still required next time.',
  ),
  rememberedTitle: text('此前核验的身份信息', '此前核驗的身份資料', 'From an earlier check'),
  rememberedLead: text(
    '使用后仍须完成人脸等各项核验。',
    '使用後仍須完成人臉等各項核驗。',
    'All checks, including the face check, are still required.',
  ),
  useRemembered: text('使用此身份信息', '使用此身份資料', 'Use this document'),
  forget: text(
    '立即删除（不是我，或不想再记住）',
    '立即刪除（不是我，或不想再記住）',
    'Delete it now (not me, or no longer wanted)',
  ),
  forgetLead: text(
    '撤回后，记住的身份信息立即删除；不影响核验和确认。',
    '撤回後，記住的身份資料立即刪除；不影響核驗和確認。',
    'If you withdraw it, the remembered document is deleted at once. Checks and confirmations are not affected.',
  ),
  forgotten: text('已删除记住的身份信息。', '已刪除記住的身份資料。', 'The remembered document was deleted.'),
  rememberedAbsent: text(
    '没有可用的已记住身份信息，请手工填写。',
    '沒有可用的已記住身份資料，請手工填寫。',
    'No remembered document can be used. Please enter your document by hand.',
  ),
  kind_remember: text('记住身份信息', '記住身份資料', 'Remember my document'),
} as const
