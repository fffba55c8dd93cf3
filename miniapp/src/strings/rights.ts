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
  download: text('下载副本', '下載副本', 'Download a copy'),
  downloaded: text(
    '已下载。文件含个人信息，请妥善保管。',
    '已下載。檔案含個人資料，請妥善保管。',
    'Downloaded. Keep the file in a safe place: it is personal.',
  ),
  downloadElsewhere: text(
    '这里不能保存文件。请用浏览器打开网页版下载副本，或到登记机关的服务窗口取得。',
    '這裡不能保存檔案。請用瀏覽器打開網頁版下載副本，或到登記機關的服務窗口取得。',
    'Files cannot be saved here. Download your copy in a browser, or ask for it at the service window.',
  ),
  correctionsTitle: text('申请更正', '申請更正', 'Ask for a correction'),
  correctionsLead: text(
    '信息有误时，请告诉我们哪里不对、应该是什么。',
    '資料有誤時，請告訴我們哪裡不對、應該是什麼。',
    'If something is wrong, tell us what it is and what would be right.',
  ),
  field: text('哪一项有误', '哪一項有誤', 'What is wrong'),
  field_name: text('姓名', '姓名', 'Name'),
  field_document: text('证件', '證件', 'Document'),
  field_verification: text('核验记录', '核驗記錄', 'A check'),
  field_todo: text('请您确认的业务', '請您確認的業務', 'What I am asked to confirm'),
  field_answer: text('您的答复', '您的答覆', 'My answer'),
  field_other: text('其他', '其他', 'Other'),
  words: text('说明', '說明', 'In your words'),
  wordsHint: text('最多 500 字', '最多 500 字', 'At most 500 characters'),
  correct: text('提交申请', '提交申請', 'Send'),
  corrected: text('已提交，答复会显示在这里。', '已提交，答覆會顯示在這裡。', 'Sent. The answer will be shown here.'),
  earlier: text('您的申请', '您的申請', 'Your requests'),
  requested: text('提交时间', '提交時間', 'Sent'),
  read: text('工作人员查看时间', '工作人員查看時間', 'Last read by staff'),
  state: text('进度', '進度', 'State'),
  state_open: text('等待答复', '等待答覆', 'Waiting for an answer'),
  outcome_corrected: text('已更正', '已更正', 'Corrected'),
  outcome_declined: text('未更正', '未更正', 'Not corrected'),
  outcome_passed_on: text('已转给登记机关', '已轉給登記機關', 'Passed on to the registration authority'),
  ground: text('答复说明', '答覆說明', 'Why'),
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

/** Reports whether there is a text of this name, for codes that a newer server may add. */
export const isRightsKey = (key: string): key is RightsKey => key in rights
