import { text } from './table'

export const remember = {
  rememberTitle: text('下次不用再填写', '下次不用再填寫', 'Skip the form next time'),
  rememberedUntil: text(
    '已为此账号记住 {name}，{time} 自动删除。下次仍须核验本人。',
    '已為此帳號記住 {name}，{time} 自動刪除。下次仍須核驗本人。',
    '{name} is remembered for this account until {time}. You will still be checked next time.',
  ),
  rememberedTitle: text('上次核验的身份信息', '上次核驗的身份資料', 'From your last check'),
  rememberedLead: text(
    '使用后仍须核验本人人脸等。',
    '使用後仍須核驗本人人臉等。',
    'Your face and everything else are still checked.',
  ),
  useRemembered: text('使用此身份信息', '使用此身份資料', 'Use this document'),
  forget: text('不是我，或不再记住：立即删除', '不是我，或不再記住：立即刪除', 'Not me, or forget me: delete it now'),
  forgetLead: text(
    '撤回后，记住的身份信息立即删除；不影响核验和确认。',
    '撤回後，記住的身份資料立即刪除；不影響核驗和確認。',
    'If you withdraw it, the remembered document is deleted at once. Checks and confirmations are not affected.',
  ),
  forgotten: text('已删除记住的身份信息。', '已刪除記住的身份資料。', 'The remembered document was deleted.'),
  rememberedAbsent: text(
    '没有可用的已记住身份信息，请手工填写。',
    '沒有可用的已記住身份資料，請手工填寫。',
    'There is no remembered document that can be used. Please enter it by hand.',
  ),
  kind_remember: text('记住身份信息', '記住身份資料', 'Remember my document'),
} as const
