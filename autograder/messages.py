"""Every sentence the grader says, in both languages. Keys are the judge's and the commands'."""

import re
from typing import Any

LANGUAGES = ("en", "zh")
INPUTS_CHECK = "inputs-unchanged"  # the check that a function leaves its arguments alone
REFUSES_CHECK = "refuses"  # … of the cases on which the reference raises

MESSAGES: dict[str, dict[str, str]] = {
    # ------------------------------------------------------------ headlines
    "passed": {
        "en": "{task}: right. {points} of {points} points.",
        "zh": "{task}：正确，得 {points} / {points} 分。",
    },
    "failed": {"en": "{task}: not right yet.", "zh": "{task}：还不对。"},
    "error": {"en": "{task}: it stopped with an error.", "zh": "{task}：运行出错。"},
    "timeout": {"en": "{task}: it did not finish in time.", "zh": "{task}：运行超时。"},
    "killed": {"en": "{task}: it was stopped.", "zh": "{task}：运行被强行中止。"},
    "not_attempted": {"en": "{task}: not attempted yet.", "zh": "{task}：还没有作答。"},
    # ------------------------------------------------------------ what was run
    "ran": {"en": "Ran {count} probes: {names}.", "zh": "共运行 {count} 组测试：{names}。"},
    "right-wrong": {
        "en": "Right: {right}. Not right: {wrong}.",
        "zh": "正确：{right}。不对：{wrong}。",
    },
    "all-wrong": {"en": "Not right: {wrong}.", "zh": "不对：{wrong}。"},
    "case-distinct": {"en": "all sizes different", "zh": "各维大小互不相同"},
    "case-square": {"en": "all sizes equal", "zh": "各维大小相同"},
    "case-default": {"en": "defaults left out", "zh": "省略有默认值的参数"},
    "refuses": {"en": "bad input refused", "zh": "拒绝不合法的输入"},
    "case-single": {"en": "one sequence of one step", "zh": "单个样本的单个时间步"},
    "inputs-unchanged": {"en": "inputs left alone", "zh": "输入未被改动"},
    # ------------------------------------------------------------ the first difference
    "wrong-value": {
        "en": "First difference: {output}{at} is {yours}; expected {expected} ({where}).",
        "zh": "第一处差异：{output}{at} 得到 {yours}，应为 {expected}（{where}）。",
    },
    "wrong-shape": {
        "en": "{output} has shape {yours}; expected {expected} ({where}).",
        "zh": "{output} 的形状是 {yours}，应为 {expected}（{where}）。",
    },
    "not-finite": {
        "en": "{output}{at} is {yours} ({where}).",
        "zh": "{output}{at} 的值是 {yours}（{where}）。",
    },
    "not-an-array": {
        "en": "{output} is of type {type}; an array of numbers was expected.",
        "zh": "{output} 的类型是 {type}，应为数值数组。",
    },
    "giant-array": {
        "en": "{output} has shape {shape}, which is far larger than the answer.",
        "zh": "{output} 的形状是 {shape}，远大于答案应有的大小。",
    },
    "wrong-dtype": {
        "en": "{output} has dtype {dtype}; real numbers were expected.",
        "zh": "{output} 的 dtype 是 {dtype}，应为实数。",
    },
    "other-dtype": {
        "en": "The values of {output} are right, but its dtype is {yours}; {expected} is asked for.",
        "zh": "{output} 的值是对的，但 dtype 是 {yours}，题目要求的是 {expected}。",
    },
    "other-form": {
        "en": "What came back has another form than the one asked for: compare the statement, type by type and shape by shape.",
        "zh": "返回值的形式与题目要求的不同：请对照题目，逐个核对类型和形状。",
    },
    "does-not-hold": {
        "en": "This should hold and does not: {text} ({where}).",
        "zh": "这一条应当成立，却没有成立：{text}（{where}）。",
    },
    "should-raise": {
        "en": "This input must be refused with a {error}; your function returned something ({where}).",
        "zh": "这样的输入应当抛出 {error} 加以拒绝，你的函数却照常返回了（{where}）。",
    },
    "raises-another": {
        "en": "This input must be refused with a {error}; your function raised a {type} ({where}).",
        "zh": "这样的输入应当抛出 {error} 加以拒绝，你的函数抛出的却是 {type}（{where}）。",
    },
    "not-checked": {
        "en": "{task}: not checked, it needs {framework}.",
        "zh": "{task}：没有检查，需要 {framework}。",
    },
    "framework-missing": {
        "en": "{framework} is not installed in this Python. Install it with `python -m pip install {packages}`, then check again.",
        "zh": "当前的 Python 里没有安装 {framework}。用 `python -m pip install {packages}` 安装，然后再检查。",
    },
    "returned-none": {
        "en": "Your function returned None: is the return statement missing?",
        "zh": "函数返回了 None：是不是漏写了 return？",
    },
    "wrong-count": {
        "en": "Your function returned {count} value(s); {expected} are expected, in this order: {names}.",
        "zh": "函数返回了 {count} 个值，应当按顺序返回 {expected} 个：{names}。",
    },
    "no-result": {"en": "A probe gave no result.", "zh": "有一组测试没有结果。"},
    "input-modified": {
        "en": "Your function changes its input {input}. Work on a copy: the caller may still need it.",
        "zh": "函数改动了输入 {input}。请在副本上计算：调用者可能还要用它。",
    },
    "raised": {
        "en": "{type}: {text}",
        "zh": "{type}：{text}",
    },
    "raised-at": {
        "en": "{type}: {text} — {cell}, line {line}: `{code}`",
        "zh": "{type}：{text}——{cell}，第 {line} 行：`{code}`",
    },
    "broken-cell": {
        "en": "{cell} cannot be read as Python (line {line}: {why}), so {task} is not defined.",
        "zh": "{cell}：不是合法的 Python（第 {line} 行：{why}），因此 {task} 没有定义。",
    },
    "took-too-long": {
        "en": "It was stopped after {seconds} seconds. Is there a loop that never ends?",
        "zh": "运行 {seconds} 秒后被中止。是否有不会结束的循环？",
    },
    "was-killed": {
        "en": "The process ended by force: it ran out of memory, crashed or left Python.",
        "zh": "进程被强行结束：可能内存耗尽、崩溃或中途退出了 Python。",
    },
    "helper-unfilled": {
        "en": "It uses {helper}, which is itself a task and not written yet. Do that one first.",
        "zh": "它用到了 {helper}，而 {helper} 本身也是一道题，还没有写。请先完成它。",
    },
    "helper-wrong": {
        "en": "It uses {helper}, which is itself a task and not right yet. Mend that one first: "
        "what follows may be nothing but its echo.",
        "zh": "它用到了 {helper}，而 {helper} 本身也是一道题，还不对。请先改好它：下面的差异可能只是由它引起的。",
    },
    # ------------------------------------------------------------ the mistake
    "mistake": {"en": "The mistake: {name}", "zh": "错在这里：{name}"},
    "first-mistake": {"en": "One mistake: {name}", "zh": "错误之一：{name}"},
    "second-mistake": {"en": "And another: {name}", "zh": "错误之二：{name}"},
    "convention": {
        "en": "Right elsewhere, not here: {name}",
        "zh": "按别处的约定是对的，但与本课程的约定不同：{name}",
    },
    "look": {"en": "Where to look: {look}", "zh": "去哪里看：{look}"},
    "lesson": {"en": "The lesson: {chapter}.", "zh": "对应课文：{chapter}。"},
    "ask": {"en": "For a hint: `{command}`", "zh": "需要提示：`{command}`"},
    # ------------------------------------------------------------ families
    "gate-order": {
        "en": "You take the blocks of the weights as {yours}; here they are {ours}.",
        "zh": "你把权重的各块当成了 {yours}，而这里的顺序是 {ours}。",
    },
    "gate-order-known": {
        "en": "You take the blocks of the weights as {yours}, the order of {where}; here they are {ours}.",
        "zh": "你按 {yours} 的顺序取权重的各块，那是 {where} 的约定；这里的顺序是 {ours}。",
    },
    "bias-missing": {"en": "The bias {argument} is left out.", "zh": "漏加了偏置 {argument}。"},
    "bias-doubled": {
        "en": "The bias {argument} is added twice.",
        "zh": "偏置 {argument} 加了两次。",
    },
    "weight-transposed": {
        "en": "{argument} is used transposed: its rows are outputs, its columns inputs.",
        "zh": "{argument} 用成了它的转置：它的行对应输出，列对应输入。",
    },
    "state-ignored": {
        "en": "{argument} has no effect on your result: the state is not carried over.",
        "zh": "{argument} 对结果毫无影响：状态没有传递下去。",
    },
    "weight-reshaped": {
        "en": "{arguments}: brought into the fitting shape by a reshape, which jumbles the entries; a transpose exchanges the axes.",
        "zh": "{arguments}：你用变形（reshape）凑出了合适的形状，元素却打乱了；要交换两个轴，应当用转置。",
    },
    "block-taken": {
        "en": "{gate} is computed with the block of {arguments} that belongs to {taken}.",
        "zh": "计算 {gate} 时用了 {arguments} 中属于 {taken} 的那一块。",
    },
    "blocks-exchanged": {
        "en": "In {arguments} the blocks of {gate} and {taken} have changed places.",
        "zh": "{arguments} 里，{gate} 和 {taken} 的两块用反了。",
    },
    "block-missing": {
        "en": "{arguments} is left out of {gate}; the others have it.",
        "zh": "计算 {gate} 时漏了 {arguments}，其余的都有。",
    },
    "block-only": {
        "en": "{arguments} enters {gate} only; every other block needs it, too.",
        "zh": "只有 {gate} 用到了 {arguments}；其余各块也都应当用到。",
    },
    "block-first": {
        "en": "All gates and the candidate use the first block of {arguments}; each has a block of its own.",
        "zh": "各个门和候选都用了 {arguments} 的第一块；其实它们各有各的一块。",
    },
    "blocks-transposed": {
        "en": "The blocks of {arguments} are used transposed, one by one; each is square, so the shapes do not tell.",
        "zh": "{arguments} 的各块逐个用成了转置；每一块都是方阵，形状上看不出来。",
    },
    "block-transposed": {
        "en": "The block of {arguments} that belongs to {gate} is used transposed; it is square, so its shape does not tell.",
        "zh": "{arguments} 中属于 {gate} 的那一块用成了转置；它是方阵，形状上看不出来。",
    },
    "argument-taken": {
        "en": "You use {taken} in the place of {argument}, too.",
        "zh": "该用 {argument} 的地方，你用的也是 {taken}。",
    },
    "forget-bias-extra": {
        "en": "You add 1 to the forget gate before its sigmoid. Some libraries do; here {arguments} is all that is added.",
        "zh": "你在遗忘门的 sigmoid 之前又加了 1。有的库这样做；这里只加 {arguments}，不再另加。",
    },
    "gradients-clipped": {
        "en": "You clip {outputs} to the range from -{limit} to {limit}; the task asks for the "
        "gradients themselves. Clipping belongs to the optimizer's step.",
        "zh": "你把 {outputs} 裁剪到了 -{limit} 与 {limit} 之间；题目要的是梯度本身，裁剪是优化那一步的事。",
    },
    "gradients-clipped-by-norm": {
        "en": "You scale {outputs} down to a norm of {limit}; the task asks for the gradients "
        "themselves. Clipping belongs to the optimizer's step.",
        "zh": "你把 {outputs} 的范数缩到了 {limit}；题目要的是梯度本身，裁剪是优化那一步的事。",
    },
    "outputs-rounded": {
        "en": "The values are right, but rounded to {digits} decimal(s); leave them as they are.",
        "zh": "各个值都算对了，但四舍五入到了 {digits} 位小数；请原样返回。",
    },
    "outputs-integer": {
        "en": "{outputs} holds whole numbers only: everything after the decimal point is cut off. "
        "Was the array created for integers?",
        "zh": "{outputs} 里只有整数，小数部分都被舍掉了：数组是不是按整数类型创建的？",
    },
    "arguments-swapped": {
        "en": "{one} and {other} have changed places.",
        "zh": "{one} 和 {other} 用反了。",
    },
    "returns-swapped": {
        "en": "The values are right but returned in the wrong order: yours is {order}.",
        "zh": "各个值都算对了，但返回顺序不对：你返回的是 {order}。",
    },
    "time-reversed": {
        "en": "You walk through time from the last step to the first.",
        "zh": "你是从最后一个时间步往前走的，方向反了。",
    },
    "outputs-reversed": {
        "en": "The outputs are right but stand in reverse order of time.",
        "zh": "输出的值正确，但时间顺序颠倒了。",
    },
    "inputs-reversed": {
        "en": "The inputs are read in reverse order of time.",
        "zh": "输入序列是按相反的时间顺序读入的。",
    },
    "outputs-late": {
        "en": "Each output stands one step late: you store the state before the step, not after it.",
        "zh": "每个输出都晚了一步：存下的是这一步之前的状态，而不是之后的。",
    },
    "outputs-reshaped": {
        "en": "You put the collected steps into (N, T, …) with a reshape; that mixes sequences and steps, the two axes have to be exchanged.",
        "zh": "你用变形（reshape）把收集到的各步凑成批量在前的形状，样本和时间步因此搅在了一起；应当交换这两个轴。",
    },
    "inputs-late": {
        "en": "Each step reads the input of the step before it, and the first step none.",
        "zh": "每一步读的都是前一步的输入，第一步则没有输入。",
    },
    "inputs-around": {
        "en": "Each step reads the input of the step before it; at the first step that index wraps around to the last input.",
        "zh": "每一步读的都是前一步的输入；在第一步，下标绕回了末尾，读到的是最后一个输入。",
    },
    "inputs-early": {
        "en": "Each step reads the input of the step after it, and the last step none.",
        "zh": "每一步读的都是后一步的输入，最后一步则没有输入。",
    },
    "output-zero": {
        "en": "{outputs}: nothing but zeros; the value is never filled in.",
        "zh": "{outputs}：全是零，算出来的值没有填进去。",
    },
    "factor": {
        "en": "{outputs}: exactly {factor} times the right value.",
        "zh": "{outputs}：恰好是正确值的 {factor} 倍。",
    },
    # ------------------------------------------------------------ symptoms
    "hint-matmul": {
        "en": "Two shapes do not fit in a matrix product. Write the shape of each factor beside it; "
        "a weight is (outputs, inputs), a batch is (N, features).",
        "zh": "矩阵乘法的形状对不上。把每个因子的形状写在旁边看看：权重是（输出，输入），小批量是（N，特征）。",
    },
    "hint-broadcast": {
        "en": "Two arrays of different shapes meet. Print both shapes on the line before.",
        "zh": "两个形状不同的数组碰到了一起。在出错的前一行把两者的形状打印出来。",
    },
    "hint-reshape": {
        "en": "A reshape does not fit. Print the shape on the line before: the product of the sizes must stay the same.",
        "zh": "变形（reshape）的大小对不上。在前一行打印形状看看：各维大小的乘积必须不变。",
    },
    "hint-join": {
        "en": "Arrays are joined whose other axes differ. Print their shapes: only the axis along which you join may differ.",
        "zh": "连结的几个数组在其他轴上大小不一。打印它们的形状看看：只有连结所沿的那个轴可以不同。",
    },
    "hint-index": {
        "en": "An index lies beyond the end. Do you count from 1, as the formulas do? The T steps have the indices 0 to T-1.",
        "zh": "下标越界了。是不是像公式那样从 1 数起？T 个时间步的下标是 0 到 T-1。",
    },
    "hint-unbound": {
        "en": "A variable is read before it gets a value: which value should it have before the first step?",
        "zh": "有个变量还没有赋值就被读取了：在第一步之前它应当是什么值？",
    },
    "hint-name": {
        "en": "A name is used that nothing defines. In a notebook, was it defined in a cell since deleted?",
        "zh": "用到了没有定义的名字。如果在笔记本里，它是否定义在一个已被删除的单元格里？",
    },
    "hint-signature": {
        "en": "The function is called as the statement says; compare the names and number of its parameters.",
        "zh": "测试按题目给出的方式调用函数，请对照参数的名称和个数。",
    },
    "works-when-square": {
        "en": "It runs only where all sizes are equal: two axes or a transpose are mixed up.",
        "zh": "只有各维大小相等时才能运行：多半是弄混了两个轴，或者转置用错了。",
    },
    "right-when-square": {
        "en": "It runs only where all sizes are equal, and there it is right: a size is taken from "
        "the wrong argument or from the wrong axis.",
        "zh": "只有各维大小相等时才能运行，而且那时结果是对的：有一个大小取错了，取自别的参数或别的轴。",
    },
    "hint-split": {
        "en": "The pieces are cut along the first axis, that of the batch; the blocks of the gates "
        "are columns. Which axis does your function cut along if you do not say?",
        "zh": "切块时切的是第一个轴，也就是样本所在的轴；而各个门的块是按列排的。不指明的话，你用的函数沿哪个轴切？",
    },
    "only-square": {
        "en": "It is wrong only where all sizes are equal: does the code guess an axis from its length?",
        "zh": "只有各维大小相等时才出错：代码是否在凭长度猜测轴的含义？",
    },
    "only-single": {
        "en": "It is wrong only for one sequence of one step: does something drop an axis of length 1?",
        "zh": "只有单个样本的单个时间步时才出错：是否有哪里丢掉了长度为 1 的轴？",
    },
    "axes-mixed": {
        "en": "{output} has its axes in the order ({yours}); expected ({ours}).",
        "zh": "{output} 的轴顺序是 ({yours})，应为 ({ours})。",
    },
    "wrong-ndim": {
        "en": "{output} has {yours} axes; expected {expected}.",
        "zh": "{output} 有 {yours} 个轴，应有 {expected} 个。",
    },
    "from-step": {
        "en": "{output} is right up to step {step} (counted from 0) and wrong from there on: look at "
        "what is carried from one step to the next.",
        "zh": "{output} 在第 {step} 步（从 0 数起）之前都对，之后全错：检查从一步传到下一步的量。",
    },
    "only-last-step": {
        "en": "{output} is right only at the last step: look at what is carried from step t+1 to t.",
        "zh": "{output} 只有最后一步是对的：检查从第 t+1 步传回第 t 步的量。",
    },
    "one-step": {
        "en": "{output} is wrong only at step {step} (counted from 0).",
        "zh": "{output} 只在第 {step} 步（从 0 数起）出错。",
    },
    "gate-rows": {
        "en": "{output} is wrong only in the rows of the blocks {gates}.",
        "zh": "{output} 只有 {gates} 那几块的行不对。",
    },
    "constant-ratio": {
        "en": "{output} is everywhere {ratio} times the right value.",
        "zh": "{output} 处处是正确值的 {ratio} 倍。",
    },
    "unnamed": {
        "en": "This mistake has no name here yet. Compare your lines with the equations, one by one.",
        "zh": "这个错误我们还叫不出名字。请把你的代码与公式逐行对照。",
    },
    # ------------------------------------------------------------ commands
    "no-such-file": {
        "en": "{path} does not exist: check the name.",
        "zh": "{path} 不存在，请检查名称。",
    },
    "task-as-path": {
        "en": "{path} is no file or folder; for a task write: autograder check --task {task}",
        "zh": "{path} 不是文件或文件夹；要指定题目，请写：autograder check --task {task}",
    },
    "no-such-path": {
        "en": "{path} does not exist. Check the name, or create it with: autograder start {path}",
        "zh": "{path} 不存在。请检查名称，或者用 autograder start {path} 创建。",
    },
    "cannot-read": {"en": "{path} cannot be read: {why}.", "zh": "无法读取 {path}：{why}。"},
    "too-big": {
        "en": "{path} is larger than {limit} MB: clear its outputs and save it again.",
        "zh": "{path} 超过 {limit} MB：请清除输出后重新保存。",
    },
    "empty-file": {
        "en": "{path} is empty: save your work and try again.",
        "zh": "{path} 是空文件：请保存后重试。",
    },
    "bad-encoding": {
        "en": "{path} is not text in UTF-8: save it as UTF-8 and try again.",
        "zh": "{path} 不是 UTF-8 文本：请另存为 UTF-8 后重试。",
    },
    "binary-file": {
        "en": "{path} is a binary file, not Python source.",
        "zh": "{path} 是二进制文件，不是 Python 源码。",
    },
    "bad-python": {
        "en": "{path} cannot be read as Python: line {line}: {why}. Mend that line and try again.",
        "zh": "{path} 不是合法的 Python：第 {line} 行：{why}。请改正后重试。",
    },
    "bad-json": {
        "en": "{path} is damaged and cannot be read as a notebook ({why}). Open it in Jupyter and save it again, "
        "or restore a checkpoint.",
        "zh": "{path} 已损坏，无法作为笔记本读取（{why}）。请在 Jupyter 里打开后重新保存，或恢复检查点。",
    },
    "not-a-notebook": {
        "en": "{path} is not a Jupyter notebook.",
        "zh": "{path} 不是 Jupyter 笔记本。",
    },
    "wrong-suffix": {
        "en": "{path} is neither a notebook (.ipynb) nor a Python file (.py).",
        "zh": "{path} 既不是笔记本（.ipynb）也不是 Python 文件（.py）。",
    },
    "empty-folder": {
        "en": "{path} holds no notebook and no Python file.",
        "zh": "{path} 里没有笔记本，也没有 Python 文件。",
    },
    "no-symbol": {
        "en": "{path} defines none of the tasks' functions. See them with: autograder list",
        "zh": "{path} 没有定义任何题目的函数。题目清单：autograder list",
    },
    "no-task": {
        "en": "There is no task {task}. Did you mean {nearest}?",
        "zh": "没有名为 {task} 的题目。你要找的是 {nearest} 吗？",
    },
    "no-task-plain": {
        "en": "There is no task {task}. See all of them with: autograder list",
        "zh": "没有名为 {task} 的题目。题目清单：autograder list",
    },
    "no-sandbox": {
        "en": "The grading process could not be started ({why}).",
        "zh": "无法启动评测进程（{why}）。",
    },
    "no-source": {
        "en": "The source of {task} cannot be found. Define it in a cell of this notebook, run that cell and check again.",
        "zh": "找不到 {task} 的源码。请在本笔记本的单元格里定义它，运行该单元格后再检查。",
    },
    "chosen-file": {
        "en": "{task} is defined in several files; {path} was taken.",
        "zh": "{task} 在多个文件里都有定义，这里采用 {path}。",
    },
    "chosen-files": {
        "en": "{count} tasks are defined in several files; one of these was taken for each, for {task} it was {path}. To choose, check one file or a smaller folder.",
        "zh": "有 {count} 道题在多个文件里都有定义，每题只采用其中一个，例如 {task} 采用 {path}。想自己指定，请检查单个文件或范围更小的文件夹。",
    },
    "no-argument": {
        "en": "Say which task is meant, for example {call}(lstm_cell).",
        "zh": "请写明是哪道题，例如 {call}(lstm_cell)。",
    },
    "left-out": {"en": "Not attempted yet: {tasks}.", "zh": "尚未作答：{tasks}。"},
    "total": {
        "en": "{path}: {score} of {max_score} points.",
        "zh": "{path}：{score} / {max_score} 分。",
    },
    "total-of-course": {
        "en": "{path}: {score} of {max_score} points for what was attempted; the whole course has {course}.",
        "zh": "{path}：已作答的题目得 {score} / {max_score} 分；全课程共 {course} 分。",
    },
    "chapter": {
        "en": "{title}: {passed} of {count} tasks, {score} of {total} points",
        "zh": "{title}：{count} 题中完成 {passed} 题，{score} / {total} 分",
    },
    "watching": {
        "en": "Watching {path}: save a file to check it again; Ctrl-C ends.",
        "zh": "正在监视 {path}：保存文件后会重新检查；按 Ctrl-C 结束。",
    },
    "points": {"en": "{points} points", "zh": "{points} 分"},
    "hint": {
        "en": "Hint {level} of {count} for {task}: {text}",
        "zh": "{task} 的提示 {level} / {count}：{text}",
    },
    "no-more-hints": {
        "en": "That was the last hint; this is it again.",
        "zh": "这已是最后一条提示，再看一遍：",
    },
    "bad-level": {
        "en": "{task} has hints 1 to {count}.",
        "zh": "{task} 的提示编号是 1 到 {count}。",
    },
    "created": {"en": "created  {path}", "zh": "新建  {path}"},
    "unchanged": {"en": "kept     {path} (already up to date)", "zh": "保留  {path}（已是最新）"},
    "updated": {
        "en": "updated  {path} ({count} untouched cell(s); your own work is as it was)",
        "zh": "更新  {path}（{count} 个未改动过的单元格；你自己的作答保持原样）",
    },
    "kept-broken": {
        "en": "kept     {path} (it cannot be read, so nothing was changed; a new one instead: autograder reset {task} {folder})",
        "zh": "保留  {path}（无法读取，未作任何改动；要换成新的，运行 autograder reset {task} {folder}）",
    },
    "start-next": {
        "en": "Next: jupyter lab {path}, fill in a function, run its check cell.",
        "zh": "下一步：运行 jupyter lab {path}，填写一个函数，再运行它下面的检查单元格。",
    },
    "reset-done": {
        "en": "{task} in {path} is the starter again; your version stands in the cell below it.",
        "zh": "{path} 中的 {task} 已恢复为初始代码；你原来的版本保存在下面的单元格里。",
    },
    "reset-untouched": {
        "en": "{task} in {path} is still the starter: nothing to do.",
        "zh": "{path} 中的 {task} 仍是初始代码，无需恢复。",
    },
    "reset-anew": {
        "en": "{path} could not be read. It is kept as {kept}; {path} is new, with all tasks of the chapter.",
        "zh": "{path} 无法读取，已改名为 {kept} 保留；{path} 是新建的，含本章的全部题目。",
    },
    "reset-nowhere": {
        "en": "{path} holds no exercise notebook with {task}. Create one with: autograder start {path}",
        "zh": "{path} 里没有包含 {task} 的练习笔记本。可用 autograder start {path} 创建。",
    },
    "cannot-write": {"en": "{path} cannot be written: {why}.", "zh": "无法写入 {path}：{why}。"},
    "notebook-intro": {
        "en": "Fill in each function where it says so, run its cell, then run the check below it. "
        "The check names your mistake if it knows it; `hint(…)` gives a hint.",
        "zh": "在标出的位置补全每个函数，运行该单元格，再运行下面的检查单元格。你犯的如果是它认得的错误，检查会直接指出来；"
        "`hint(…)` 会给出提示。",
    },
    "notebook-intro-repair": {
        "en": "Each function below runs and is wrong: find the fault, repair it, run its cell, then run the "
        "check below it. Nothing but the function itself has to change; `hint(…)` gives a hint.",
        "zh": "下面的每个函数都能运行，但结果是错的：找出毛病，修好它，运行该单元格，再运行下面的检查单元格。"
        "要改的只有函数本身；`hint(…)` 会给出提示。",
    },
    "notebook-title": {"en": "Exercises: {chapter}", "zh": "练习：{chapter}"},
    "solutions-title": {"en": "Solutions: {chapter}", "zh": "解答：{chapter}"},
    "solutions-intro": {
        "en": "One way to write each function. Try it yourself first: the solutions are folded until you open them.",
        "zh": "每个函数的一种写法。请先自己动手：解答默认折叠，点开才显示。",
    },
    "built": {"en": "written  {path}", "zh": "写入  {path}"},
    "stale": {
        "en": "{path} is not what the tasks give. Run: autograder build",
        "zh": "{path} 与题目不一致。请运行：autograder build",
    },
    "build-outside": {
        "en": "There is no chapters/ folder here: run this in the project's root.",
        "zh": "当前目录没有 chapters/：请在项目根目录运行。",
    },
    # ------------------------------------------------------------ a class at once
    "no-class": {"en": "{path} does not exist.", "zh": "{path} 不存在。"},
    "class-not-folder": {
        "en": "{path} is not a folder of submissions (nor a .zip of one).",
        "zh": "{path} 不是存放提交的文件夹，也不是这样的 .zip 压缩包。",
    },
    "class-empty": {
        "en": "{path} holds no submission: no folder, notebook, Python file or .zip.",
        "zh": "{path} 里没有任何提交：没有文件夹、笔记本、Python 文件，也没有 .zip。",
    },
    "no-chapter": {
        "en": "There is no chapter {chapter} with tasks; there are {known}.",
        "zh": "没有编号为 {chapter} 的章，有题目的章是：{known}。",
    },
    "whole-course": {
        "en": "Neither --task nor --chapter is given: the assignment is all {count} tasks.",
        "zh": "没有给出 --task 或 --chapter：按全部 {count} 道题评分。",
    },
    "no-isolation": {
        "en": "Strangers' code is only run in isolation, and that cannot be had here: {why}. Install bubblewrap "
        "(Debian, Ubuntu: apt install bubblewrap). Where you trust everyone whose work it is: --no-sandbox",
        "zh": "陌生人的代码只在隔离环境中运行，而这里无法隔离：{why}。请安装 bubblewrap"
        "（Debian、Ubuntu：apt install bubblewrap）。如果信任所有提交者，可以加上 --no-sandbox",
    },
    "not-isolated": {
        "en": "Not isolated (--no-sandbox): the submissions run with your rights. They can read and change your files, "
        "reach the network and see your other programs. Limits on time, memory and processes still hold.",
        "zh": "未隔离（--no-sandbox）：提交的代码以你的权限运行，可以读写你的文件、访问网络、看到你的其他程序。"
        "时间、内存和进程的限制仍然有效。",
    },
    "not-isolated-there": {
        "en": "The cluster's worker {where} cannot isolate submissions: {why}. Install bubblewrap there.",
        "zh": "集群的节点 {where} 无法隔离提交的代码：{why}。请在那里安装 bubblewrap。",
    },
    "no-dask": {
        "en": "--scheduler needs Dask: pip install dask distributed",
        "zh": "--scheduler 需要 Dask：pip install dask distributed",
    },
    "no-cluster": {
        "en": "The scheduler {address} cannot be reached ({why}).",
        "zh": "无法连接调度器 {address}（{why}）。",
    },
    "other-edition": {
        "en": "The cluster has another version of the grader or of these tasks: install the same one everywhere.",
        "zh": "集群上的评测程序或题目与本机版本不同：请在各处安装同一版本。",
    },
    "out-inside": {
        "en": "The results cannot be written into the submissions: choose an --out outside {path}.",
        "zh": "结果不能写进作业文件夹：请选一个在 {path} 之外的 --out。",
    },
    "out-in-use": {
        "en": "Another run is writing to {path}: wait for it, or choose another --out.",
        "zh": "另一次评分正在写入 {path}：请等它结束，或另选一个 --out。",
    },
    "workers-or-scheduler": {
        "en": "Give --workers or --scheduler, not both.",
        "zh": "--workers 和 --scheduler 只能给出一个。",
    },
    "task-or-chapter": {
        "en": "Give --task or --chapter, not both.",
        "zh": "--task 和 --chapter 只能给出一种。",
    },
    "no-folder-given": {
        "en": "Which folder? Write it first: autograder grade DIR --out RESULTS",
        "zh": "请先写明文件夹：autograder grade DIR --out RESULTS",
    },
    "interrupted": {"en": "Interrupted.", "zh": "已中断。"},
    "go-on": {
        "en": "{left} submission(s) are not graded yet; the same command with --resume goes on from here.",
        "zh": "还有 {left} 份提交没有评分；在同一命令后加上 --resume 即可接着评。",
    },
    "progress": {
        "en": "{done} of {total}, {rate}/s, {left} left",
        "zh": "{done} / {total}，每秒 {rate} 份，剩余 {left}",
    },
    "changed": {
        "en": "changed  {student}, {task}: {before} → {after}",
        "zh": "变动  {student}，{task}：{before} → {after}",
    },
    "troubled": {"en": "look at  {student}: {why}", "zh": "请查看  {student}：{why}"},
    "batch-done": {
        "en": "{graded} submission(s) graded. Results: {out}",
        "zh": "评分 {graded} 份提交。结果在 {out}",
    },
    "batch-resumed": {
        "en": "{count} submission(s): {graded} graded, {kept} as before. Results: {out}",
        "zh": "共 {count} 份提交：评分 {graded} 份，沿用 {kept} 份。结果在 {out}",
    },
    "status-passed": {"en": "passed", "zh": "通过"},
    "status-failed": {"en": "not right", "zh": "不对"},
    "status-error": {"en": "error", "zh": "出错"},
    "status-timeout": {"en": "timed out", "zh": "超时"},
    "status-killed": {"en": "stopped", "zh": "被中止"},
    "status-not_attempted": {"en": "not attempted", "zh": "未作答"},
    "status-unreadable": {"en": "unreadable", "zh": "无法读取"},
    "other-archive": {
        "en": "{path} is an archive of a kind that is not read here: send a .zip, or the notebook itself.",
        "zh": "{path} 是这里不能读取的压缩格式：请提交 .zip，或直接提交笔记本。",
    },
    "zip-damaged": {
        "en": "{path} is damaged, or is not a .zip that can be read here.",
        "zh": "{path} 已损坏，或不是这里能读取的 .zip。",
    },
    "zip-password": {
        "en": "{path} is locked with a password: send it without one.",
        "zh": "{path} 设有密码：请去掉密码后提交。",
    },
    "zip-bomb": {
        "en": "{path} would become far larger than a notebook when unpacked, so it was not.",
        "zh": "{path} 解压后会远远超出笔记本的大小，因此没有解压。",
    },
    "zip-deep": {
        "en": "{path} lies in more than {limit} archives, one in the other.",
        "zh": "{path} 被一层套一层地压缩了超过 {limit} 次。",
    },
    "zip-many": {
        "en": "{path} holds more than {limit} files.",
        "zh": "{path} 里的文件超过 {limit} 个。",
    },
    "too-many-files": {
        "en": "{path} holds far more than a submission does: hand in the notebook alone.",
        "zh": "{path} 的内容远超一份作业：请只提交笔记本。",
    },
    "too-much-code": {
        "en": "{path} holds far more code than a submission does: hand in the notebook alone.",
        "zh": "{path} 的代码量远超一份作业：请只提交笔记本。",
    },
    "unreadable-code": {
        "en": "This code could not be taken apart: it is nested far too deeply, or built to be so.",
        "zh": "无法解析这段代码：嵌套得太深，或有意写成了这样。",
    },
    "ends-grader": {
        "en": "Reading this submission ended the grading process, twice. Look at it by hand.",
        "zh": "读取这份提交时，评测进程两次意外结束。请人工查看。",
    },
    "nothing-attempted": {
        "en": "None of the assignment's tasks is attempted. Is it the right file?",
        "zh": "这份作业的题目一道也没有作答。是否交错了文件？",
    },
    "latest-file": {
        "en": "{task} is answered in several files; the latest counts: {path}",
        "zh": "{task} 在多个文件里都有作答，以最新的为准：{path}",
    },
    "page-score": {"en": "{score} of {max_score} points", "zh": "{score} / {max_score} 分"},
    "page-points": {"en": "{score} of {max} points", "zh": "{score} / {max} 分"},
    "page-late": {"en": "Handed in late.", "zh": "迟交。"},
    "page-seed": {
        "en": "The inputs were drawn with the seed {seed}; autograder check --seed {seed} gives the same.",
        "zh": "测试输入由随机种子 {seed} 生成；autograder check --seed {seed} 会得到同样的结果。",
    },
    "class-title": {"en": "The class", "zh": "全班情况"},
    "class-count": {"en": "submissions", "zh": "提交份数"},
    "class-mean": {"en": "mean", "zh": "平均分"},
    "class-median": {"en": "median", "zh": "中位数"},
    "class-seconds": {"en": "time a submission", "zh": "每份用时"},
    "class-scores": {"en": "Scores", "zh": "分数分布"},
    "class-tasks": {"en": "Tasks", "zh": "各题情况"},
    "class-task": {"en": "task", "zh": "题目"},
    "class-passed": {"en": "passed", "zh": "通过"},
    "class-failed": {"en": "not right", "zh": "不对"},
    "class-ended": {"en": "error or stopped", "zh": "出错或中止"},
    "class-missing": {"en": "not attempted", "zh": "未作答"},
    "class-unreadable": {"en": "unreadable", "zh": "无法读取"},
    "class-mistakes": {"en": "Which mistakes the class makes", "zh": "全班常犯的错误"},
    "class-of-wrong": {
        "en": "{wrong} wrong; mistakes named: {named}",
        "zh": "做错 {wrong} 份，指出错误 {named} 处",
    },
    "class-told": {
        "en": "What learners were told, and how many of them.",
        "zh": "下面是学生看到的提示，以及看到它的人数。",
    },
    "unread": {
        "en": "{task}: the submission could not be read.",
        "zh": "{task}：提交无法读取。",
    },
    "class-no-mistakes": {"en": "None: every attempt is right.", "zh": "没有：作答的全都正确。"},
    "class-changed": {"en": "Results that changed", "zh": "发生变动的结果"},
    "class-troubles": {"en": "To be looked at", "zh": "需要查看"},
    "class-students": {"en": "Students", "zh": "学生"},
    "class-student": {"en": "student", "zh": "学生"},
    "class-score": {"en": "points", "zh": "分数"},
    "class-time": {"en": "time", "zh": "用时"},
    "class-late": {"en": "late", "zh": "迟交"},
    "class-legend": {
        "en": "✓ passed, ✗ not right or stopped, · not attempted, – unreadable",
        "zh": "✓ 通过，✗ 不对或被中止，· 未作答，– 无法读取",
    },
}


def say(key: str, language: str, /, **params: Any) -> str:
    """Return one sentence."""
    text = MESSAGES[key][language].format(**params)
    return re.sub(r"(?<![\d.])1 points", "1 point", text) if language == "en" else text
