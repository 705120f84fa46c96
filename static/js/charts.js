/* Draws what the table beside it says: every number, word and link is read from the cells, nothing is fetched.
   How a page asks for a chart is written in templates/_chart.html. Without ECharts the figures stay hidden. */
(function () {
  "use strict";

  const echarts = window.echarts;
  /* CSS pixels between the margins of print.css; the sheet turns where a list is on the page. */
  const UPRIGHT = 700;
  const TURNED = 1025;
  const DASHES = ["solid", "dotted", "dashed"];
  const SYMBOLS = ["circle", "emptyTriangle", "emptyDiamond"];

  /* --- the table */

  function numberIn(cell) {
    if (!cell) return null;
    const text = (cell.dataset.value ?? textOf(cell)).replace(/[,\s]/g, "");
    /* Digits, at most followed by a unit. Any other text is no number: better a gap than a wrong bar. */
    const found = /^([-−]?\d+(?:\.\d+)?)(?:%|[^\d.,%/、（(]{0,3})$/.exec(text);
    return found ? Number(found[1].replace("−", "-")) : null;
  }

  /* What stands small is said beside the number (as the rate of another day), not drawn. */
  function textOf(cell) {
    if (!cell) return "";
    const parts = Array.from(cell.childNodes).filter((one) => one.nodeName !== "SMALL");
    return parts.map((one) => one.textContent).join("").trim().replace(/\s+/g, " ");
  }

  function cellAt(row, column) {
    if (!row || !column) return undefined;
    return row.cells[column > 0 ? column - 1 : row.cells.length + column];
  }

  function read(figure) {
    const table = document.querySelector(figure.dataset.table);
    if (!table) return null;
    const [first, ...columns] = figure.dataset.columns.split(",").map(Number);
    const names = (figure.dataset.names || "").split(",");
    const all = Array.from(table.tBodies).flatMap((body) => Array.from(body.rows));
    const drawn = all.filter((row) => !row.hasAttribute("data-chart-skip") && cellAt(row, first));
    const rows = drawn.slice(0, Number(figure.dataset.limit || 40));
    const headings = table.tHead ? table.tHead.rows[table.tHead.rows.length - 1] : null;
    const series = columns.map((column, at) => {
      const heading = cellAt(headings, column);
      const cells = rows.map((row) => cellAt(row, column));
      return {
        at,
        id: `series-${at}`,
        name: names[at] || textOf(heading),
        meaning: heading && heading.dataset.meaning,
        values: cells.map(numberIn),
        texts: cells.map(textOf),
        links: cells.map((cell, row) => linkOf(cell, rows[row])),
        absent: !column,
      };
    }).filter((one) => !one.absent && one.values.some((value) => value !== null));
    return {
      rows,
      left: drawn.length - rows.length,
      labels: rows.map((row) => textOf(cellAt(row, first))),
      behind: rows.map((row) => row.classList.contains("behind")),
      series,
      unit: figure.dataset.unit || "",
      target: figure.dataset.target ? Number(figure.dataset.target) : null,
      targetName: figure.dataset.targetName || "目标",
    };
  }

  /* The list behind a number; a rate has none of its own and leads to the first list of its row. */
  function linkOf(cell, row) {
    return (cell && cell.querySelector("a[href]")) || row.querySelector("a.row-link") || row.querySelector("a[href]");
  }

  function follow(link, event) {
    if (!link) return;
    if (event && (event.ctrlKey || event.metaKey)) window.open(link.href, "_blank", "noopener");
    else link.click();
  }

  /* --- the look */

  function lookOf(figure, width, onPaper) {
    const style = getComputedStyle(figure);
    const value = (name) => style.getPropertyValue(name).trim();
    return {
      width,
      onPaper,
      size: parseFloat(style.fontSize),
      family: style.fontFamily,
      ink: value("--chart-ink"),
      line: value("--chart-line"),
      behind: value("--chart-behind"),
      colour: (one) => value(one.meaning ? `--chart-${one.meaning}` : `--chart-${(one.at % 6) + 1}`),
    };
  }

  /* A drawing may need series of its own, so that a series is known by its id. */
  const seriesOf = (data, found) => data.series.find((one) => one.id === found.seriesId);
  const shown = (value, unit) => `${value.toLocaleString("en-US")}${unit === "%" ? "%" : ""}`;

  function common(data, look) {
    return {
      animation: false,
      textStyle: { fontFamily: look.family, fontSize: look.size, color: look.ink },
      /* On paper a pattern tells the parts of a bar from each other where there is no colour. */
      aria: { enabled: true, label: { enabled: false }, decal: { show: look.onPaper && data.series.length > 1 } },
      tooltip: {
        renderMode: "richText",
        confine: true,
        transitionDuration: 0,
        textStyle: { fontFamily: look.family, fontSize: look.size, color: look.ink },
        formatter: (found) => words(data, [].concat(found)),
      },
      legend: {
        show: data.series.length > 1,
        top: 0,
        left: 0,
        selectedMode: false,
        itemGap: look.size,
        textStyle: { fontFamily: look.family, fontSize: look.size, color: look.ink },
      },
    };
  }

  function words(data, found) {
    const row = found[0].dataIndex;
    const known = found.map((one) => seriesOf(data, one)).filter((one) => one && one.values[row] !== null);
    const parts = known.map((series) => {
      return `${series.name}：${series.texts[row]}${/[\d]$/.test(series.texts[row]) ? ` ${data.unit}` : ""}`;
    });
    return [data.labels[row], ...parts].join("\n");
  }

  function highest(data) {
    /* A rate is measured against the whole, so that half looks like half. */
    const values = data.series.flatMap((one) => one.values);
    return data.unit === "%" && Math.max(...values, data.target || 0) <= 100 ? 100 : null;
  }

  const valueAxis = (data, look) => ({
    type: "value",
    min: (range) => Math.min(0, range.min),
    minInterval: data.series.every((one) => one.values.every((value) => value === null || Number.isInteger(value))) ? 1 : 0,
    /* The axis must reach its target, or the line would not be drawn. */
    max: highest(data) || ((range) => (data.target > range.max ? data.target : null)),
    axisLabel: { color: look.ink, fontSize: look.size, hideOverlap: true, formatter: (value) => shown(value, data.unit) },
    splitLine: { lineStyle: { color: look.line } },
  });

  const categoryLine = (look) => ({ lineStyle: { color: look.ink, width: 1 } });

  function targetLine(data, look, axis) {
    if (data.target === null) return undefined;
    const text = `${data.targetName} ${shown(data.target, data.unit)}`;
    return {
      silent: true,
      symbol: "none",
      label: { formatter: text, position: axis === "xAxis" ? "start" : "insideEndTop", color: look.ink, fontSize: look.size },
      lineStyle: { type: "dashed", width: 2, color: look.ink },
      data: [{ [axis]: data.target }],
    };
  }

  /* A number that the line of the target would cross stands behind the line. */
  function besideTarget(data, look, label) {
    const at = data.target === null ? NaN : look.pixel(data.target);
    return label.x - 2 < at && at < label.x + label.width + 2 ? { dx: at + 4 - label.x } : {};
  }

  /* --- the kinds: each answers with its option and its height */

  function bars(data, look, stack) {
    const across = Math.max(...data.labels.map((label) => label.length)) * look.size;
    const room = Math.min(across, look.width * 0.35);
    const lines = Math.ceil(across / room - 0.01);
    const thick = stack ? 1 : data.series.length;
    const each = Math.max(look.size * (0.9 + 1.1 * thick), look.size * 1.3 * lines + 6);
    const top = (data.series.length > 1 ? look.size * 2.2 : 4) + (data.target === null ? 0 : look.size * 1.8);
    const height = Math.ceil(top + each * data.rows.length + look.size * 2.2);
    const label = {
      show: !stack,
      position: "right",
      color: look.ink,
      fontSize: look.size,
      formatter: (one) => seriesOf(data, one).texts[one.dataIndex],
    };
    const series = data.series.map((one, at) => ({
      type: "bar",
      id: one.id,
      name: one.name,
      stack: stack ? "whole" : undefined,
      cursor: one.links.some(Boolean) ? "pointer" : "default",
      barMaxWidth: look.size * 1.4,
      label,
      labelLayout: (found) => besideTarget(data, look, found.labelRect),
      itemStyle: { color: look.colour(one), borderColor: "#fff", borderWidth: stack ? 0.5 : 0 },
      data: one.values.map((value, row) => ({
        value,
        itemStyle: data.behind[row] && data.series.length === 1 ? { color: look.behind } : undefined,
      })),
      markLine: at === 0 ? targetLine(data, look, "xAxis") : undefined,
    }));
    const option = {
      grid: { left: 2, right: look.size * (stack ? 2 : 4), top, bottom: 2, containLabel: true },
      xAxis: valueAxis(data, look),
      yAxis: {
        type: "category",
        inverse: true,
        data: data.labels,
        axisTick: { show: false },
        axisLine: categoryLine(look),
        axisLabel: { color: look.ink, fontSize: look.size, interval: 0, width: room, overflow: "break" },
      },
      series,
    };
    return { option, height };
  }

  const DAY = 86400000;

  /* Midnight here, as ECharts reads a day without a time. */
  function moment(label) {
    const [year, month, day] = label.split("-").map(Number);
    return new Date(year, month - 1, day || 1).getTime();
  }

  /* What is expected goes on from the last fact; the tooltip still says only what stands in the table. */
  function reached(data, one) {
    if (one.at !== 2 || data.series[0].at !== 0) return one.values;
    const facts = data.series[0].values;
    const last = facts.findLastIndex((value) => value !== null);
    const joins = one.values[last] === null && one.values.findIndex((value) => value !== null) > last;
    return joins ? one.values.map((value, row) => (row === last ? facts[last] : value)) : one.values;
  }

  /* Days keep their distance; other labels stand side by side. */
  function line(data, look) {
    const days = data.labels.every((label) => /^\d{4}-\d{2}(-\d{2})?$/.test(label));
    const series = data.series.map((one, at) => ({
      type: "line",
      id: one.id,
      name: one.name,
      cursor: one.links.some(Boolean) ? "pointer" : "default",
      symbol: SYMBOLS[one.at] || "circle",
      symbolSize: look.size * 0.55,
      showAllSymbol: data.rows.length <= 40,
      connectNulls: false,
      lineStyle: { width: 2, type: DASHES[one.at] || "solid", color: one.at === 0 ? look.colour(one) : look.ink },
      itemStyle: { color: one.at === 0 ? look.colour(one) : look.ink },
      data: reached(data, one).map((value, row) => (days ? [data.labels[row], value] : value)),
      markLine: at === 0 ? targetLine(data, look, "yAxis") : undefined,
    }));
    const label = { color: look.ink, fontSize: look.size, hideOverlap: true };
    const ticks = days && data.rows.length <= 12 ? data.labels.map(moment) : undefined;
    const written = data.labels[0] && data.labels[0].length === 7 ? "{yyyy}-{MM}" : "{yyyy}-{MM}-{dd}";
    const option = {
      tooltip: { trigger: "axis" },
      grid: { left: 2, right: look.size * 3, top: look.size * 2.6, bottom: 2, containLabel: true },
      xAxis: days
        ? { type: "time", axisLine: categoryLine(look), minInterval: DAY, axisTick: { customValues: ticks }, axisLabel: { ...label, formatter: written, customValues: ticks } }
        : { type: "category", data: data.labels, axisLine: categoryLine(look), axisLabel: label },
      yAxis: valueAxis(data, look),
      series,
    };
    return { option, height: Math.round(Math.min(22 * look.size, Math.max(14 * look.size, look.width * 0.35))) };
  }

  /* Bars in the middle, as wide as their number: the sloping sides of the usual drawing say more than is known. */
  function funnel(data, look) {
    const one = { ...data, series: data.series.slice(0, 1), target: null };
    const { option, height } = bars(one, look, true);
    const [drawn] = option.series;
    const most = Math.max(...drawn.data.map((each) => each.value || 0));
    const before = drawn.data.map((each) => (most - (each.value || 0)) / 2);
    drawn.label = { ...drawn.label, show: true };
    drawn.barMaxWidth = look.size * 2;
    option.series = [
      { type: "bar", id: "before", stack: "whole", silent: true, itemStyle: { color: "transparent" }, data: before },
      drawn,
    ];
    option.grid.right = look.size * 6;
    option.xAxis = { type: "value", show: false, max: most || 1 };
    option.yAxis.axisLine = { show: false };
    return { option, height: height - Math.round(look.size * 1.8) };
  }

  const KINDS = {
    bars: (data, look) => bars(data, look, false),
    stacked: (data, look) => bars(data, look, true),
    line,
    funnel,
  };

  /* --- the figure */

  class Chart {
    constructor(figure, data) {
      this.figure = figure;
      this.data = data;
      this.box = figure.querySelector(".chart-drawing");
      this.onPaper = false;
      figure.hidden = false;
      const more = figure.querySelector(".chart-more");
      if (more && data.left > 0) more.textContent = `图中为前 ${data.rows.length} 行，其余 ${data.left} 行见表。`;
      this.width = this.box.clientWidth;
      this.chart = echarts.init(this.box, null, { renderer: "svg", width: this.width, height: 100 });
      this.chart.on("click", (found) => {
        const series = found.componentType === "series" && seriesOf(data, found);
        if (series) follow(series.links[found.dataIndex], found.event && found.event.event);
      });
      this.draw();
      new ResizeObserver(() => this.fit()).observe(this.box);
    }

    fit() {
      if (this.onPaper || this.box.clientWidth === this.width || !this.box.clientWidth) return;
      this.width = this.box.clientWidth;
      this.draw();
    }

    print(onPaper) {
      this.onPaper = onPaper;
      this.draw();
    }

    draw() {
      const paper = document.querySelector(".main table.list") ? TURNED : UPRIGHT;
      const width = this.onPaper ? paper : this.width;
      const look = lookOf(this.figure, width, this.onPaper);
      look.pixel = (value) => this.chart.convertToPixel({ xAxisIndex: 0 }, value);
      const { option, height } = KINDS[this.figure.dataset.chart](this.data, look);
      const base = common(this.data, look);
      /* Set through the object model, which the content security policy allows; never as an attribute in markup. */
      this.box.style.height = `${height}px`;
      this.chart.resize({ width, height, silent: true });
      this.chart.setOption({ ...base, ...option, tooltip: { ...base.tooltip, ...option.tooltip } }, { notMerge: true });
      this.chart.getZr().flush();
    }
  }

  /* In a coloured table the whole cell leads where its number leads. */
  document.addEventListener("click", (event) => {
    const cell = event.target.closest("td[class*='heat-']");
    if (!cell || event.target.closest("a") || String(window.getSelection())) return;
    follow(cell.querySelector("a[href]"), event);
  });

  if (!echarts) return;
  const charts = [];
  document.querySelectorAll("figure[data-chart]").forEach((figure) => {
    const data = KINDS[figure.dataset.chart] && read(figure);
    if (data && data.series.length) charts.push(new Chart(figure, data));
  });
  window.addEventListener("beforeprint", () => charts.forEach((one) => one.print(true)));
  window.addEventListener("afterprint", () => charts.forEach((one) => one.print(false)));
})();
