import { Form } from "./form/page";

const place = document.querySelector<HTMLFormElement>("#form");
if (place) new Form(place).start();
