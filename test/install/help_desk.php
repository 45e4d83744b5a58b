<?php
// SPDX-License-Identifier: GPL-2.0-or-later
// What stands for osTicket's PHP where no osTicket is at hand: says that PHP answered, and what it was asked. Installed as
// api/http.php, api/auth/ and index.php of a help desk.
header('Content-Type: text/plain; charset=UTF-8');
header('X-Answered-By: PHP');
echo 'PHP ', $_SERVER['REQUEST_METHOD'], ' ', $_SERVER['SCRIPT_NAME'], ' ', $_SERVER['PATH_INFO'] ?? '', "\n";
