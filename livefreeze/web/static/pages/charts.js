// Draws what lies in data-chart with ECharts; where there is no JavaScript the table below it says the same.
"use strict";

const COLOURS = ["#1f5f8b", "#2f8f6b", "#c98a1b", "#7a6aa8", "#b0463c"];

function isWhole(chart) {
  return chart.series.every((each) => each.values.every(Number.isInteger));
}

function options(chart) {
  const isLine = chart.kind === "line";
  return {
    animation: false,
    color: COLOURS,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 8, right: 16, top: chart.series.length > 1 || chart.unit ? 36 : 16, bottom: 8, containLabel: true },
    legend: chart.series.length > 1 ? { top: 0 } : undefined,
    tooltip: { trigger: "axis", renderMode: "richText" },
    xAxis: { type: "category", data: chart.labels },
    // Where all are whole, such as numbers of people, no line stands at a fraction.
    yAxis: { type: "value", name: chart.unit || "", minInterval: isWhole(chart) ? 1 : 0 },
    series: chart.series.map((each) => ({
      name: each.name,
      data: each.values,
      type: isLine ? "line" : "bar",
      stack: chart.kind === "stacked" ? "all" : undefined,
    })),
  };
}

function draw() {
  for (const place of document.querySelectorAll("[data-chart]")) {
    if (place.dataset.drawn) continue;
    place.dataset.drawn = "yes";
    const chart = echarts.init(place, null, { renderer: "svg" });
    chart.setOption(options(JSON.parse(place.dataset.chart)));
    window.addEventListener("resize", () => chart.resize());
  }
}
draw();
document.addEventListener("htmx:afterSettle", draw);
