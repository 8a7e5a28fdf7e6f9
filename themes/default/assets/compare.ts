import { Comparison } from "./compare/page";

const place = document.getElementById("compare");
if (place) void new Comparison(place).start();
