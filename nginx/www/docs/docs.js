// SPDX-License-Identifier: GPL-2.0-or-later
// Shows the description that lies beside the page, with the API where the page itself is: /api/docs/ is of /api, in whatever
// folder. The key that is typed in stays in the page's memory.
"use strict";

(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const paint = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
  dark.addEventListener("change", paint);
  paint();

  const show = (description) => {
    const api = new URL("..", location.href).pathname.replace(/\/+$/, "");
    description.servers = [{ url: api, description: "This help desk" }];
    document.title = description.info.title;
    const place = document.createElement("div"); // it has a <main> of its own
    document.getElementById("reference").replaceWith(place);
    SwaggerUIBundle({
      spec: description,
      domNode: place,
      presets: [SwaggerUIBundle.presets.apis],
      plugins: [{ wrapComponents: { ServersContainer: () => () => null } }], // there is one to choose from
      layout: "BaseLayout",
      deepLinking: true,
      docExpansion: "list",
      defaultModelsExpandDepth: 0,
      displayOperationId: true,
      displayRequestDuration: true,
      filter: true,
      persistAuthorization: false,
      showExtensions: true,
      validatorUrl: null,
      queryConfigEnabled: false,
    });
  };

  const fail = (reason) => {
    const line = document.querySelector(".waiting");
    line.classList.add("failed");
    line.textContent = `The description of the API cannot be shown: ${reason.message}`;
  };

  fetch("openapi.json", { credentials: "same-origin" })
    .then((answer) => {
      if (!answer.ok) throw new Error(`openapi.json: ${answer.status}`);
      return answer.json();
    })
    .then(show)
    .catch(fail);
})();
