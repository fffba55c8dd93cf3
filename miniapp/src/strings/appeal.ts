import { type Language, type Text, text } from './table'

/** Texts of the screens on appeals. They are loaded with those screens only, and are not part of strings. */
export const appeal = {
  newTitle: text('申诉', '申訴', 'Appeal'),
  needed: text('需要的材料', '需要的材料', 'What is needed'),
  optional: text('{item}（可选）', '{item}（可選）', '{item} (optional)'),
  privacy: text(
    '图片和视频只供审核人员查看，决定后 30 天删除。视频的声音、照片的拍摄地点不会保留。',
    '圖片和影片只供審核人員查看，決定後 30 天刪除。影片的聲音、照片的拍攝地點不會保留。',
    'Only reviewers see pictures and videos, which are deleted 30 days after the decision. Sound and places are not kept.',
  ),
  begin: text('开始申诉', '開始申訴', 'Start the appeal'),
  mail: text('也可以通过电子邮件申诉', '也可以通過電子郵件申訴', 'Appeal by email'),
  mailLead: text(
    '不能在此上传时，请将材料发送至 {address}，邮件主题为：',
    '不能在此上傳時，請將材料發送至 {address}，郵件主題為：',
    'If you cannot upload here, send everything to {address}, with this subject:',
  ),
  copy: text('复制主题', '複製主題', 'Copy the subject'),
  copied: text('已复制', '已複製', 'Copied'),
  listTitle: text('我的申诉', '我的申訴', 'My appeals'),
  listLead: text(
    '申诉从核验失败页面开始。这里可查看进度、回答问题、查看决定。',
    '申訴從核驗失敗頁面開始。這裡可查看進度、回答問題、查看決定。',
    'An appeal begins on the page of a failure. Here you see how far it is, answer questions and read the decision.',
  ),
  empty: text('没有申诉。', '沒有申訴。', 'There are no appeals.'),
  open: text('查看', '查看', 'Open'),
  title: text('申诉进度', '申訴進度', 'Your appeal'),
  failure: text('失败提示', '失敗提示', 'Failure'),
  opened: text('开始时间', '開始時間', 'Begun'),
  state: text('进度', '進度', 'State'),
  state_draft: text('待补齐材料并提交', '待補齊材料並提交', 'Not submitted yet'),
  state_submitted: text('审核中', '審核中', 'Being reviewed'),
  state_question: text('审核人员有问题，请回答', '審核人員有問題，請回答', 'A reviewer has a question for you'),
  state_decided: text('已决定', '已決定', 'Decided'),
  state_withdrawn: text('已撤回', '已撤回', 'Withdrawn'),
  outcome_limit_lifted: text('已解除限制，可再次核验', '已解除限制，可再次核驗', 'The limit is lifted: try again'),
  outcome_tries_reopened: text('已恢复次数，可再次核验', '已恢復次數，可再次核驗', 'You have all tries again'),
  outcome_window: text(
    '请携带证件原件到登记窗口办理',
    '請攜帶證件原件到登記窗口辦理',
    'Please come to the service window with the original document',
  ),
  outcome_stands: text('维持原结果', '維持原結果', 'The result stands'),
  submittedAt: text('提交时间', '提交時間', 'Submitted'),
  dueAt: text('最迟决定时间', '最遲決定時間', 'To be decided by'),
  readAt: text('审核人员最近查看', '審核人員最近查看', 'Last read by a reviewer'),
  decidedAt: text('决定时间', '決定時間', 'Decided'),
  reason: text('理由', '理由', 'Reason'),
  ground: text('依据', '依據', 'Legal ground'),
  reviewer: text('审核人员', '審核人員', 'Reviewer'),
  you: text('您', '您', 'You'),
  pick: text('上传{item}', '上傳{item}', 'Add: {item}'),
  progress: text('已上传 {percent}%', '已上傳 {percent}%', '{percent}% sent'),
  ready: text('已上传', '已上傳', 'Sent'),
  unfinished: text(
    '上传未完成。请重新选择同一文件继续。',
    '上傳未完成。請重新選擇同一檔案繼續。',
    'The upload is not finished. Choose the same file again to continue.',
  ),
  goOn: text('继续上传{item}', '繼續上傳{item}', 'Continue: {item}'),
  remove: text('移除{item}', '移除{item}', 'Remove: {item}'),
  tooLarge: text('文件超过 {mb} MB。', '檔案超過 {mb} MB。', 'The file is larger than {mb} MB.'),
  photoSmall: text(
    '照片像素太少，证件文字可能看不清。请靠近些重新拍摄。',
    '照片像素太少，證件文字可能看不清。請靠近些重新拍攝。',
    'The photo has few pixels, so that the text may be unreadable. Take it again from closer.',
  ),
  photoDark: text(
    '照片太暗。请在明亮处重新拍摄。',
    '照片太暗。請在明亮處重新拍攝。',
    'The photo is dark. Take it again in a brighter place.',
  ),
  photoGlare: text(
    '照片有反光。请转动证件，避开灯光后重新拍摄。',
    '照片有反光。請轉動證件，避開燈光後重新拍攝。',
    'The photo shows a reflection. Turn the document away from the lamp and take it again.',
  ),
  photoBlurred: text(
    '照片可能不清晰。请拿稳手机，对焦后重新拍摄。',
    '照片可能不清晰。請拿穩手機，對焦後重新拍攝。',
    'The photo may be blurred. Hold the phone still, let it focus and take it again.',
  ),
  form: text('说明', '說明', 'In your words'),
  contact: text('联系方式', '聯絡方式', 'How to reach you'),
  contactHint: text('手机号或邮箱', '手機號或郵箱', 'Phone number or email address'),
  device: text('手机型号', '手機型號', 'Model of the phone'),
  app: text('应用版本', '應用版本', 'Version of the app'),
  text: text('情况说明', '情況說明', 'What happened'),
  textHint: text('最多 1000 字', '最多 1000 字', 'At most 1,000 characters'),
  missing: text('请先补齐必需的材料。', '請先補齊必需的材料。', 'Add what is required first.'),
  submit: text('提交申诉', '提交申訴', 'Submit'),
  answer: text('您的回答', '您的回答', 'Your answer'),
  sendAnswer: text('提交回答', '提交回答', 'Send the answer'),
  withdraw: text('撤回申诉', '撤回申訴', 'Withdraw the appeal'),
} as const satisfies Record<string, Text>

export type AppealKey = keyof typeof appeal

/** Returns a text in a language, with its placeholders replaced by values. */
export function appealText(
  language: Language,
  key: AppealKey,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return appeal[key][language].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}

/** Reports whether there is a text of this name, for codes that a newer server may add. */
export const isAppealKey = (key: string): key is AppealKey => key in appeal
