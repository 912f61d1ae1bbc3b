/* The shapes drill of lesson 02: which shape has this? Sizes and answers are drawn afresh each time.
   A shape is a list of letters; "D+H" and "T+1" are sums, null means that the line does not run.
   Every wrong answer comes from a confusion that people do have, and says why it is one. */
"use strict";
Unrolled.shapesDrill = (() => {
  const timeFirst = {
    en: "Time stands first here. In this course the batch does.",
    zh: "这里把时间放在了最前面；本课程里，放在最前面的是批量。" };
  const noBatch = {
    en: "This is what one single sequence has. The batch of N sequences is missing.",
    zh: "这只是单个序列的形状，少了 N 个序列的批量。" };
  const column = {
    en: "The column form of the books: every sequence a column. In the code every sequence is a row.",
    zh: "这是书上的列向量写法，一列一个序列；代码里是一行一个序列。" };
  const keptAxis = {
    en: "An index takes its axis away. Only a slice (t:t+1) would leave a 1 there.",
    zh: "用整数下标去取，这个轴就没有了；只有用切片（t:t+1）才会留下一个 1。" };
  const everyStep = {
    en: "One for every time step? The same weights serve all T steps: that is parameter sharing.",
    zh: "每个时间步各一份？T 步用的都是同一组权重，这就是参数共享。" };
  const inputSize = {
    en: "The state has a size of its own: H units, whatever the number D of inputs.",
    zh: "状态有自己的大小，H 个单元，与输入的个数 D 无关。" };
  const notReadYet = {
    en: "These are still states. The readout turns their H numbers into C.",
    zh: "这还是状态；读出要把其中的 H 个数变成 C 个。" };
  const glued = {
    en: "As if x and h were concatenated and shared one matrix. Other texts do that; here each has its own.",
    zh: "这是把 x 和 h 连结起来、合用一个矩阵的写法，别的书上有；这里两者各有各的矩阵。" };
  const weightsOnly = {
    en: "Weights know nothing of the batch: all N sequences share them.",
    zh: "权重与批量无关，N 个序列共用同一组。" };

  const questions = [
    { code: "x", shape: ["N", "T", "D"],
      what: { en: "all inputs", zh: "全部输入" },
      right: { en: "N sequences of T steps, D numbers at each step.", zh: "N 个序列，每个 T 步，每步 D 个数。" },
      wrong: [
        [["T", "N", "D"], timeFirst],
        [["N", "D"], { en: "That is a single step of it, x[:, t].", zh: "这只是其中一步，x[:, t]。" }],
        [["T", "D"], { en: "That is a single sequence of it, x[0].", zh: "这只是其中一个序列，x[0]。" }],
        [["N", "D", "T"], { en: "The steps stand in the middle; the last axis holds what arrives in one step.", zh: "时间步在中间；最后一个轴放的是一步之内到来的那些数。" }],
      ] },
    { code: "x[:, t]", shape: ["N", "D"],
      what: { en: "one step of the input", zh: "输入的一步" },
      right: { en: "All N sequences, one step of each: the axis T is gone.", zh: "N 个序列都在，每个只取一步：T 这个轴没有了。" },
      wrong: [
        [["T", "D"], { en: "That is x[0], one sequence with all its steps. x[:, t] keeps the sequences and picks a step.", zh: "这是 x[0]，一个序列的所有步；x[:, t] 是保留所有序列，只取一步。" }],
        [["N", "1", "D"], keptAxis],
        [["D"], noBatch],
        [["D", "N"], column],
        [["N", "T"], { en: "That is x[:, :, 0], one of the D numbers at every step.", zh: "这是 x[:, :, 0]，每一步只取 D 个数里的一个。" }],
      ] },
    { code: "x[0]", shape: ["T", "D"],
      what: { en: "the input at index 0", zh: "输入中下标为 0 的那一份" },
      right: { en: "The first axis is the batch: x[0] is the first sequence, all T steps of it.", zh: "第一个轴是批量：x[0] 是第一个序列，T 步都在里面。" },
      wrong: [
        [["N", "D"], { en: "That would be the first step, x[:, 0]. The first axis is the batch, not time.", zh: "这是第一步，要写 x[:, 0]；第一个轴是批量，不是时间。" }],
        [["1", "T", "D"], { en: "An index takes its axis away. Only the slice x[0:1] would leave a 1 there.", zh: "用整数下标去取，这个轴就没有了；只有切片 x[0:1] 才会留下一个 1。" }],
        [["D"], { en: "That is x[0, 0], one step of one sequence.", zh: "这是 x[0, 0]，一个序列的一步。" }],
        [["N", "T"], { en: "That is x[:, :, 0]: index 0 on the last axis, not on the first.", zh: "这是 x[:, :, 0]：下标 0 用在了最后一个轴上，不是第一个。" }],
      ] },
    { code: "h", shape: ["N", "H"],
      what: { en: "the state at one moment", zh: "某一时刻的状态" },
      right: { en: "Each of the N sequences has its own state of H units.", zh: "N 个序列各有自己的状态，每个 H 个单元。" },
      wrong: [
        [["H"], noBatch],
        [["H", "N"], column],
        [["N", "D"], inputSize],
        [["N", "T", "H"], { en: "That is hs, the states of all steps.", zh: "这是 hs，所有时间步的状态。" }],
        [["T", "H"], { en: "That is hs[0]: one sequence at all steps, instead of all sequences at one.", zh: "这是 hs[0]：一个序列的所有步，而不是所有序列的某一步。" }],
      ] },
    { code: "hs", shape: ["N", "T", "H"],
      what: { en: "the states of all steps", zh: "所有时间步的状态" },
      right: { en: "One state of H units for each of the N sequences and T steps.", zh: "N 个序列的 T 个时间步，各有一个状态，含 H 个单元。" },
      wrong: [
        [["T", "N", "H"], timeFirst],
        [["N", "H"], { en: "That is one state only, for example the last, hs[:, -1].", zh: "这只是一个时刻的状态，比如最后一个，hs[:, -1]。" }],
        [["N", "T", "D"], inputSize],
        [["N", "T+1", "H"], { en: "The initial state h0 is not kept in hs: one state for each input.", zh: "初始状态 h0 不放进 hs：有几步输入，就有几个状态。" }],
        [["T", "H"], noBatch],
      ] },
    { code: "hs[:, -1]", shape: ["N", "H"],
      what: { en: "the last states", zh: "最后的状态" },
      right: { en: "The last step of every sequence: the axis T is gone.", zh: "每个序列的最后一步：T 这个轴没有了。" },
      wrong: [
        [["T", "H"], { en: "That is hs[-1], the last sequence. The colon keeps all sequences, −1 picks the step.", zh: "这是 hs[-1]，最后一个序列。冒号保留所有序列，−1 取的是时间步。" }],
        [["N", "T"], { en: "That is hs[:, :, -1], the last unit at every step.", zh: "这是 hs[:, :, -1]，每一步的最后一个单元。" }],
        [["N", "1", "H"], { en: "An index takes its axis away. Only the slice hs[:, -1:] would leave a 1 there.", zh: "用整数下标去取，这个轴就没有了；只有切片 hs[:, -1:] 才会留下一个 1。" }],
        [["H"], noBatch],
      ] },
    { code: "W_x", shape: ["H", "D"],
      what: { en: "the weights of the input", zh: "输入的权重" },
      right: { en: "One row for each unit, one column for each input; the code uses it transposed.", zh: "一行对应一个单元，一列对应一个输入；代码里用的是它的转置。" },
      wrong: [
        [["D", "H"], { en: "This is W_x.T, as it stands in the product. It is stored with one row for each unit.", zh: "这是乘法里用到的 W_x.T；存的时候，一行对应一个单元。" }],
        [["H", "H"], { en: "That is W_h: it reads the state. W_x reads the D inputs.", zh: "这是 W_h，读的是状态；W_x 读的是 D 个输入。" }],
        [["T", "H", "D"], everyStep],
        [["H", "D+H"], glued],
        [["N", "D"], { en: "That is a step of the input itself, x[:, t]. Weights know nothing of the batch.", zh: "这是输入的一步，x[:, t]。权重与批量无关。" }],
      ] },
    { code: "W_h", shape: ["H", "H"],
      what: { en: "the recurrent weights", zh: "循环权重" },
      right: { en: "From H units to H units: each listens to all.", zh: "从 H 个单元到 H 个单元，每个都听所有的。" },
      wrong: [
        [["H", "D"], { en: "That is W_x: it reads the D inputs. W_h reads the state.", zh: "这是 W_x，读的是 D 个输入；W_h 读的是状态。" }],
        [["T", "H", "H"], everyStep],
        [["N", "H", "H"], weightsOnly],
        [["N", "H"], { en: "That is the state h itself, which W_h is multiplied by.", zh: "这是状态 h 本身，W_h 要乘的就是它。" }],
        [["H", "D+H"], glued],
      ] },
    { code: "b", shape: ["H"],
      what: { en: "the bias", zh: "偏置" },
      right: { en: "One number for each unit; NumPy adds it to every row.", zh: "每个单元一个数；NumPy 会把它加到每一行上。" },
      wrong: [
        [["N", "H"], { en: "All sequences share it. NumPy adds the H numbers to each of the N rows by itself.", zh: "偏置由所有序列共用，NumPy 会自己把这 H 个数加到 N 行的每一行上。" }],
        [["H", "1"], { en: "The column of the books. Added to (N, H), it would not fit, or worse: for N = H it would go to the wrong axis.", zh: "这是书上的列向量。加到 (N, H) 上会对不上；更糟的是 N = H 时，会加到另一个轴上去。" }],
        [["T", "H"], everyStep],
        [["D"], { en: "It is added after the product, when D has already become H.", zh: "它是在乘完之后加的，那时 D 已经变成了 H。" }],
        [["H", "H"], { en: "That is a matrix, W_h. A bias has one number for each unit.", zh: "这是矩阵 W_h；偏置是每个单元一个数。" }],
      ] },
    { code: "x[:, t] @ W_x.T", shape: ["N", "H"],
      what: { en: "what the input adds to one step", zh: "输入给这一步带来的部分" },
      right: { en: "(N, D) times (D, H): the D is summed away, N and H remain.", zh: "(N, D) 乘 (D, H)：对 D 求和，剩下 N 和 H。" },
      wrong: [
        [["N", "D"], { en: "The product sums over D; what remains on the right is H.", zh: "乘法对 D 求和，右边剩下的是 H。" }],
        [["H", "N"], { en: "That is the column form, W_x @ x[:, t].T.", zh: "这是列向量的写法，W_x @ x[:, t].T。" }],
        [["N", "D+H"], { en: "A product does not put things side by side: D is summed away.", zh: "乘法不是把两样东西并排放：对 D 求了和，D 就没有了。" }],
        [["H"], noBatch],
        [["N", "T", "H"], { en: "x[:, t] is one step only; T has gone with the index.", zh: "x[:, t] 只是一步，T 已经随下标去掉了。" }],
      ] },
    { code: "h @ W_h.T + b", shape: ["N", "H"],
      what: { en: "what the old state adds, with the bias", zh: "旧状态带来的部分，加上偏置" },
      right: { en: "(N, H) times (H, H) is (N, H), and b is added to every row.", zh: "(N, H) 乘 (H, H) 得 (N, H)，b 再加到每一行上。" },
      wrong: [
        [null, { en: "It does: b has H numbers, and NumPy adds them to each of the N rows.", zh: "能运行：b 有 H 个数，NumPy 会把它加到 N 行的每一行上。" }],
        [["H", "N"], { en: "That is the column form, W_h @ h.T.", zh: "这是列向量的写法，W_h @ h.T。" }],
        [["H", "H"], { en: "That is the shape of W_h. The rows come from h, and it has N of them.", zh: "这是 W_h 的形状；行数来自 h，它有 N 行。" }],
        [["H"], noBatch],
        [["N", "D"], inputSize],
      ] },
    { code: "x @ W_x.T", shape: ["N", "T", "H"],
      what: { en: "the inputs of all steps at once", zh: "所有时间步的输入一起乘" },
      right: { en: "Only the last axis takes part: D becomes H, N and T stay.", zh: "参加乘法的只有最后一个轴：D 变成 H，N 和 T 不动。" },
      wrong: [
        [null, { en: "It does: with three axes, @ multiplies the last one for every sequence and step.", zh: "能运行：有三个轴时，@ 对每个序列的每一步都乘最后一个轴。" }],
        [["N", "H"], { en: "Nothing sums over the steps: T stays.", zh: "这里并没有对时间步求和，T 还在。" }],
        [["N", "T", "D"], { en: "The product sums over D; what remains on the right is H.", zh: "乘法对 D 求和，右边剩下的是 H。" }],
        [["T", "N", "H"], timeFirst],
      ] },
    { code: "W_h @ h", shape: null,
      what: { en: "the matrix on the left", zh: "矩阵写在左边" },
      right: { en: "(H, H) times (N, H): the H on the left meets an N. Written for rows it is h @ W_h.T.", zh: "(H, H) 乘 (N, H)：左边的 H 碰上的是 N。一行一个序列时，要写 h @ W_h.T。" },
      wrong: [
        [["N", "H"], { en: "That is h @ W_h.T. Here the matrix stands on the left, and its H meets the N of h.", zh: "这是 h @ W_h.T 的形状。这里矩阵在左边，它的 H 碰上的是 h 的 N。" }],
        [["H", "N"], { en: "That is W_h @ h.T, with every sequence a column. In h every sequence is a row.", zh: "这是 W_h @ h.T，一列一个序列；而 h 里是一行一个序列。" }],
        [["H", "H"], { en: "That would need an h with H rows. It has N.", zh: "那得 h 有 H 行才行，而它有 N 行。" }],
        [["H"], { en: "That is the formula of the books, for a single sequence. h holds N of them.", zh: "这是书上单个序列的公式；h 里有 N 个序列。" }],
      ] },
    { code: "x[0] @ W_x.T + h", shape: null,
      what: { en: "meant as the first step", zh: "本想算第一步" },
      right: { en: "x[0] is the first sequence, so that the left is (T, H), but h is (N, H).", zh: "x[0] 是第一个序列，所以左边是 (T, H)，而 h 是 (N, H)。" },
      wrong: [
        [["N", "H"], { en: "So it would be with x[:, 0]. x[0] is the first sequence, not the first step.", zh: "写成 x[:, 0] 才是这样；x[0] 是第一个序列，不是第一步。" }],
        [["T", "H"], { en: "That is the left part. It cannot be added to h, which has N rows.", zh: "这是左边那一部分；h 有 N 行，加不上去。" }],
        [["N", "T", "H"], { en: "NumPy does not pair every T with every N: axes that meet must be equal, or 1.", zh: "NumPy 不会拿每个 T 去配每个 N：对上的两个轴必须相等，或者其中一个是 1。" }],
        [["H"], { en: "Nothing here sums over rows.", zh: "这里并没有对行求和。" }],
      ] },
    { code: "W_y", shape: ["C", "H"],
      what: { en: "the weights of the readout", zh: "读出的权重" },
      right: { en: "One row for each output, one column for each unit of the state.", zh: "一行对应一个输出，一列对应状态的一个单元。" },
      wrong: [
        [["H", "C"], { en: "This is W_y.T, as it stands in the product. It is stored with one row for each output.", zh: "这是乘法里用到的 W_y.T；存的时候，一行对应一个输出。" }],
        [["C", "D"], { en: "The readout reads the state, H units, not the input.", zh: "读出看的是状态的 H 个单元，不是输入。" }],
        [["T", "C", "H"], everyStep],
        [["N", "C"], { en: "Those are the outputs of one step. Weights know nothing of the batch.", zh: "这是一步的输出。权重与批量无关。" }],
      ] },
    { code: "y", shape: ["N", "T", "C"],
      what: { en: "the outputs of all steps", zh: "所有时间步的输出" },
      right: { en: "C numbers for each of the N sequences and T steps.", zh: "N 个序列的 T 个时间步，各有 C 个数。" },
      wrong: [
        [["N", "C"], { en: "Those are the outputs of one step. Every step is read out.", zh: "这是一步的输出；读出是每一步都做的。" }],
        [["N", "T", "H"], notReadYet],
        [["N", "T", "D"], { en: "Outputs have a size of their own, C. They are not inputs.", zh: "输出有自己的大小 C，不是输入。" }],
        [["T", "N", "C"], timeFirst],
        [["T", "C"], noBatch],
      ] },
    { code: "hs[:, -1] @ W_y.T + b_y", shape: ["N", "C"],
      what: { en: "one answer for a whole sequence", zh: "整个序列只给一个答案" },
      right: { en: "The last state of each sequence, (N, H), read out: H becomes C.", zh: "每个序列的最后状态 (N, H) 读出来：H 变成 C。" },
      wrong: [
        [["N", "T", "C"], { en: "These are the outputs of all steps. hs[:, -1] has kept only the last.", zh: "这是所有步的输出；hs[:, -1] 只留了最后一步。" }],
        [["C"], noBatch],
        [["N", "H"], notReadYet],
        [["C", "N"], column],
      ] },
    { code: "dW_h", shape: ["H", "H"],
      what: { en: "the gradient of the loss with respect to W_h", zh: "损失对 W_h 的梯度" },
      right: { en: "A gradient has the shape of what it is the gradient of: a number for each weight.", zh: "对谁求的梯度，就和谁同形状：每个权重对应一个数。" },
      wrong: [
        [["N", "H", "H"], { en: "One for each sequence? They are added up: all sequences share W_h.", zh: "每个序列一份？都加到一起了：所有序列共用 W_h。" }],
        [["T", "H", "H"], { en: "One for each step? They are added up: all steps share W_h.", zh: "每个时间步一份？都加到一起了：所有时间步共用 W_h。" }],
        [["N", "H"], { en: "That is the shape of the gradient with respect to the state h.", zh: "这是对状态 h 的梯度的形状。" }],
        [["H", "D"], { en: "That is the shape of dW_x, for W_x reads the D inputs.", zh: "这是 dW_x 的形状：W_x 读的是 D 个输入。" }],
      ] },
  ];

  const shuffled = (list, random) => {
    const left = [...list];
    return list.map(() => left.splice(Math.floor(random() * left.length), 1)[0]);
  };

  /* N, T, D, H, C: different numbers from 2 to 9. */
  const sizes = (random) => {
    const numbers = shuffled([2, 3, 4, 5, 6, 7, 8, 9], random);
    return Object.fromEntries(["N", "T", "D", "H", "C"].map((letter, k) => [letter, numbers[k]]));
  };

  /* (2, 5, 3), and a list of one as Python writes it: (4,). */
  const tuple = (parts) => (parts.length === 1 ? `(${parts[0]},)` : `(${parts.join(", ")})`);
  const value = (axis, drawn) => axis.split("+").reduce((sum, part) => sum + (drawn[part] ?? Number(part)), 0);

  /* Sizes and four answers, one of them right, no two alike; each { shape, letters, right, why }. */
  const draw = ({ shape, right, wrong }, random) => {
    const drawn = sizes(random);
    const answer = (axes, why, isRight) => ({
      right: isRight,
      why,
      letters: axes && tuple(axes.map((axis) => axis.replace("+", " + "))),
      shape: axes && tuple(axes.map((axis) => value(axis, drawn))),
    });
    const answers = [answer(shape, right, true)];
    for (const [axes, why] of shuffled(wrong, random)) {
      const another = answer(axes, why, false);
      if (answers.length < 4 && answers.every((one) => one.shape !== another.shape)) answers.push(another);
    }
    return { sizes: drawn, answers: shuffled(answers, random) };
  };

  return { questions, draw, shuffled };
})();

Unrolled.widget("shapes-drill", {
  en: {
    sizes: ({ N, T, D, H, C }) => `N = ${N} sequences, T = ${T} steps, D = ${D} inputs, H = ${H} units, C = ${C} outputs`,
    ask: ["What is the shape of ", ", ", "?"],
    fails: "does not run", right: "Right.", wrong: "No.",
    means: (shape, letters) => `${shape} is ${letters}. `,
    another: "Another one", keys: "Keys: 1 to 4, then Enter.",
    score: (right, asked) => `${right} of ${asked} right`,
  },
  zh: {
    sizes: ({ N, T, D, H, C }) => `N = ${N} 个序列，T = ${T} 个时间步，D = ${D} 个输入，H = ${H} 个单元，C = ${C} 个输出`,
    ask: ["", "（", "）是什么形状？"],
    fails: "不能运行", right: "对。", wrong: "不对。",
    means: (shape, letters) => `${shape} 即 ${letters}。`,
    another: "再来一题", keys: "键盘：按 1 到 4 作答，再按回车换下一题。",
    score: (right, asked) => `${asked} 题中对了 ${right} 题`,
  },
}, (root, words) => {
  const { element, button, language } = Unrolled;
  const { questions, draw, shuffled } = Unrolled.shapesDrill;
  let deck = [], now = null, answers = [], answered = false, right = 0, asked = 0;

  const sizes = element("p", { class: "drill-sizes" });
  const question = element("p", { class: "drill-question", id: Unrolled.id("drill"), tabindex: -1 });
  const options = [0, 1, 2, 3].map((k) => button("", () => choose(k), { class: "widget-button drill-answer" }));
  const why = element("p", { class: "drill-why", "aria-live": "polite" });
  const another = button(words.another, () => (next(), question.focus({ preventScroll: true })));
  const score = element("span", { class: "drill-score" });

  function next() {
    if (!deck.length) {
      deck = shuffled(questions, Math.random);
      if (deck.at(-1) === now) deck.reverse(); // not the same one twice
    }
    now = deck.pop();
    const drawn = draw(now, Math.random);
    [answers, answered] = [drawn.answers, false];
    sizes.textContent = words.sizes(drawn.sizes).replaceAll(" = ", "\u00a0=\u00a0"); // stays on one line
    question.replaceChildren(words.ask[0], element("code", {}, now.code), words.ask[1], now.what[language], words.ask[2]);
    answers.forEach(({ shape }, k) => {
      options[k].className = "widget-button drill-answer";
      options[k].replaceChildren(
        element("span", { class: "drill-number", "aria-hidden": "true" }, String(k + 1)),
        shape ? element("code", {}, shape) : words.fails);
    });
    why.replaceChildren();
    another.disabled = true;
  }

  /* The first choice counts; after it, the others may be asked why they are wrong. */
  function choose(k) {
    if (!answered) {
      asked += 1;
      right += answers[k].right;
      score.textContent = words.score(right, asked);
      answers.forEach((answer, j) => options[j].classList.toggle("is-right", answer.right));
    }
    answered = true;
    const { shape, letters, right: isRight, why: text } = answers[k];
    options.forEach((option, j) => option.classList.toggle("is-wrong", j === k && !isRight));
    why.replaceChildren(
      element("strong", { class: isRight ? "is-right" : "is-wrong" }, isRight ? words.right : words.wrong), " ",
      shape ? words.means(shape, letters) : "", text[language]);
    another.disabled = false;
    another.focus({ preventScroll: true });
  }

  root.append(
    sizes, question,
    element("div", { class: "drill-answers", role: "group", "aria-labelledby": question.id }, options),
    why,
    element("div", { class: "widget-buttons drill-next" }, another, score),
    element("p", { class: "widget-note drill-keys" }, words.keys),
  );
  root.addEventListener("keydown", (event) => {
    const k = ["1", "2", "3", "4"].indexOf(event.key);
    if (k >= 0 && !event.ctrlKey && !event.metaKey && !event.altKey) choose(k);
  });
  next();
});
