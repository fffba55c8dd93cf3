import { type Language, type Text, text } from './table'

/** Texts of the screens on the person's rights. They are loaded with those screens only, and are not part of strings. */
export const rights = {
  myDataLead: text(
    '这里列出系统保存的您的信息：用来做什么、依据什么、保存到什么时候。',
    '這裡列出系統保存的您的資料：用來做什麼、依據什麼、保存到什麼時候。',
    'What is stored about you: what for, on which legal basis, and until when.',
  ),
  what: text('您可以', '您可以', 'What you can do'),
  held: text('保存的内容', '保存的內容', 'What is stored'),
  count: text('数量', '數量', 'Number'),
  since: text('最早', '最早', 'Oldest'),
  purpose: text('用途', '用途', 'Purpose'),
  basis: text('依据', '依據', 'Legal basis'),
  kept: text('保存到', '保存到', 'Kept'),
  nothing: text('没有', '沒有', 'None'),
  accessesTitle: text('谁查看过', '誰查看過', 'Who looked'),
  accessesLead: text(
    '每份确认每天一条。您的材料只会由收到您答复的登记机关查看。',
    '每份確認每天一條。您的資料只會由收到您答覆的登記機關查看。',
    'One entry for each answer and day. Only the authority that received your answer can look at your evidence.',
  ),
  accessesEmpty: text(
    '还没有机关查看过您的材料。',
    '還沒有機關查看過您的資料。',
    'No authority has looked at your evidence yet.',
  ),
  office: text('机关', '機關', 'Authority'),
  role: text('身份', '身分', 'Role'),
  time: text('最近一次', '最近一次', 'Last time'),
  times: text('当天次数', '當天次數', 'Times on that day'),
  delayed: text(
    '依法推迟到 {time} 才向您显示：{ground}',
    '依法推遲到 {time} 才向您顯示：{ground}',
    'By law this was shown to you only from {time}: {ground}',
  ),
  openRecord: text('查看这份确认', '查看這份確認', 'Read that answer'),
  eraseTitle: text('删除我的信息', '刪除我的資料', 'Erase my data'),
  eraseLead: text(
    '删除后不能恢复，您会退出登录。以后再来，要重新核验。',
    '刪除後不能恢復，您會退出登入。以後再來，要重新核驗。',
    'This cannot be undone, and you are signed out. If you come back, you will be verified again.',
  ),
  goes: text('立即删除', '立即刪除', 'Erased at once'),
  stays: text('暂时保留', '暫時保留', 'Stays for now'),
  reason: text('原因', '原因', 'Why'),
  law: text('法律依据', '法律依據', 'Law'),
  until: text('保留到', '保留到', 'Until'),
  noEnd: text('保留结束时', '保留結束時', 'Until it is no longer needed by law'),
  receiptStays: text(
    '已给出的确认仍然有效，登记机关手中的回执仍可核验。请先保存您自己的回执和副本。',
    '已給出的確認仍然有效，登記機關手中的回執仍可核驗。請先保存您自己的回執和副本。',
    'Answers that you gave remain valid, and their receipts still verify. Save your own receipts and a copy first.',
  ),
  understood: text(
    '我已了解哪些立即删除、哪些暂时保留',
    '我已了解哪些立即刪除、哪些暫時保留',
    'I understand what is erased and what stays for now',
  ),
  eraseSubmit: text('确认删除', '確認刪除', 'Erase my data'),
  erasedTitle: text('您的信息已删除', '您的資料已刪除', 'Your data is erased'),
  erasingTitle: text('正在删除', '正在刪除', 'Being erased'),
  erasedLead: text(
    '您已退出登录。可保存下面的编号，随时回来查看进度。',
    '您已退出登入。可保存下面的編號，隨時回來查看進度。',
    'You are signed out. Save this number to come back and see the progress.',
  ),
  erasureNumber: text('删除编号', '刪除編號', 'Number of the erasure'),
  requestedAt: text('申请时间', '申請時間', 'Requested'),
  erasedAt: text('删除时间', '刪除時間', 'Erased'),
  allGone: text('全部删除完毕。', '全部刪除完畢。', 'Everything is erased.'),
  saveNumber: text('保存编号', '保存編號', 'Save the number'),
} as const satisfies Record<string, Text>

export type RightsKey = keyof typeof rights

/** Returns a text in a language, with its placeholders replaced by values. */
export function rightsText(
  language: Language,
  key: RightsKey,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return rights[key][language].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}
