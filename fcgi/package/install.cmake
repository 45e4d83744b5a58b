# SPDX-License-Identifier: GPL-2.0-or-later
# What "cmake --install" puts where, and so what a package holds. Included by fcgi/CMakeLists.txt behind the programs.

set(package ${CMAKE_CURRENT_LIST_DIR})
set(made ${CMAKE_CURRENT_BINARY_DIR})
set(sbin ${CMAKE_INSTALL_FULL_SBINDIR})
set(sysconf ${CMAKE_INSTALL_FULL_SYSCONFDIR})
set(share ${CMAKE_INSTALL_FULL_DATADIR})

set(debian OFF)
if(EXISTS /etc/debian_version)
  set(debian ON)
endif()
set(NGINX_SITE_DIR ${CMAKE_INSTALL_DATADIR}/osticket-fcgi/nginx CACHE STRING
    "Where the example of a whole nginx site is installed")
set(NGINX_SNIPPET ${share}/osticket-fcgi/nginx/snippet.conf CACHE STRING "What a server of nginx includes")
set(NGINX_PAGE ${share}/osticket-fcgi/nginx/page.conf CACHE STRING "What a server of nginx includes for the page on the tickets")
set(NGINX_CUSTOMER ${share}/osticket-fcgi/nginx/customer.conf CACHE STRING "What a server of nginx includes for the customers' page")
set(NGINX_DOCS ${share}/osticket-fcgi/nginx/docs.conf CACHE STRING "What a server of nginx includes for the API to read and to try")
set(NGINX_ADAPTERS ${share}/osticket-fcgi/nginx/adapters.conf CACHE STRING "What a server of nginx includes for the APIs of others")
set(APACHE_PAGE ${share}/osticket-fcgi/nginx/apache-page.conf CACHE STRING "The same for Apache: the page on the tickets")
set(APACHE_CUSTOMER ${share}/osticket-fcgi/nginx/apache-customer.conf CACHE STRING "The same for Apache: the customers' page")
set(APACHE_DOCS ${share}/osticket-fcgi/nginx/apache-docs.conf CACHE STRING "The same for Apache: the API to read and to try")
set(APACHE_ADAPTERS ${share}/osticket-fcgi/nginx/apache-adapters.conf CACHE STRING "The same for Apache: the APIs of others")
set(APACHE_SNIPPET ${share}/osticket-fcgi/nginx/apache.conf CACHE STRING "What a virtual host of Apache includes")
set(DEBIAN_DOCUMENTS ${debian} CACHE BOOL "Documents as Debian's packages have them")
# systemd reads lib/systemd/system, lib/sysusers.d, lib/tmpfiles.d under /usr and under /usr/local.
set(SYSTEMD_UNIT_DIR lib/systemd/system CACHE STRING "Where the systemd units are installed")

# The snippets are two more constants of the program: "setup" prints the line that includes them.
target_compile_definitions(osticket-fcgi PRIVATE OSTICKET_FCGI_NGINX_SNIPPET="${NGINX_SNIPPET}"
                                                 OSTICKET_FCGI_APACHE_SNIPPET="${APACHE_SNIPPET}")

# installed(SOURCE PATH): SOURCE under another name, PATH absolute or below the prefix.
function(installed source path)
  get_filename_component(folder ${path} DIRECTORY)
  get_filename_component(name ${path} NAME)
  install(FILES ${source} DESTINATION ${folder} RENAME ${name} ${ARGN})
endfunction()

# unit(FILE NAME TEXT): one of the two units of the one template. NAME is that of the settings file.
function(unit unit name of_instance)
  configure_file(${package}/osticket-fcgi.service.in ${made}/${unit} @ONLY)
  install(FILES ${made}/${unit} DESTINATION ${SYSTEMD_UNIT_DIR})
endfunction()
unit(osticket-fcgi.service osticket-fcgi "")
unit(osticket-fcgi@.service %i " %i")

# generated(FILE ARGUMENT): what the program itself prints, so that it cannot say anything else than the program does.
function(generated name argument)
  add_custom_command(OUTPUT ${made}/${name} COMMAND osticket-fcgi ${argument} > ${made}/${name} DEPENDS osticket-fcgi VERBATIM)
  list(APPEND generated ${made}/${name})
  set(generated ${generated} PARENT_SCOPE)
endfunction()
generated(osticket-fcgi.ini.sample --sample)
generated(osticket-fcgi.ini.5 --sample=man)
generated(osticket-fcgi.8 --help=man)
generated(openapi.json --openapi)
add_custom_target(osticket-fcgi-generated ALL DEPENDS ${generated})

install(TARGETS osticket-fcgi DESTINATION ${CMAKE_INSTALL_SBINDIR})
# Started by osticket-fcgi alone.
install(TARGETS osticket-fcgi-mailer osticket-fcgi-cron osticket-fcgi-feed osticket-fcgi-hooks osticket-fcgi-inspect osticket-fcgi-metrics DESTINATION ${CMAKE_INSTALL_LIBEXECDIR})
install(FILES ${made}/osticket-fcgi.ini.sample DESTINATION ${sysconf}/osticket-fcgi)
install(FILES ${package}/tmpfiles.conf DESTINATION lib/tmpfiles.d RENAME osticket-fcgi.conf)
if(WORKER_USER STREQUAL "osticket-fcgi")
  install(FILES ${package}/sysusers.conf DESTINATION lib/sysusers.d RENAME osticket-fcgi.conf)
endif()
installed(${package}/logrotate ${sysconf}/logrotate.d/osticket-fcgi)
installed(${package}/bash-completion ${CMAKE_INSTALL_DATADIR}/bash-completion/completions/osticket-fcgi)

# What a site includes: where it goes, and its file in nginx/. The first two are all of the API, the others options.
set(site_snippets NGINX_SNIPPET:snippet.conf APACHE_SNIPPET:apache.conf)
set(site_parts NGINX_PAGE:page.conf NGINX_CUSTOMER:customer.conf NGINX_DOCS:docs.conf NGINX_ADAPTERS:adapters.conf
    APACHE_PAGE:apache-page.conf APACHE_CUSTOMER:apache-customer.conf APACHE_DOCS:apache-docs.conf
    APACHE_ADAPTERS:apache-adapters.conf)
set(site_files ${site_snippets} ${site_parts} PARENT_SCOPE) # for cpack.cmake

# Examples; the snippets are what a site includes.
file(GLOB examples CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/nginx/*.conf)
foreach(part ${site_snippets} ${site_parts})
  string(REGEX REPLACE "^.*:" "" name ${part})
  list(REMOVE_ITEM examples ${PROJECT_SOURCE_DIR}/nginx/${name})
endforeach()
install(FILES ${examples} DESTINATION ${NGINX_SITE_DIR})
foreach(snippet ${site_snippets})
  string(REGEX MATCH "^(.*):(.*)$" matched ${snippet})
  if(EXISTS ${PROJECT_SOURCE_DIR}/nginx/${CMAKE_MATCH_2})
    installed(${PROJECT_SOURCE_DIR}/nginx/${CMAKE_MATCH_2} ${${CMAKE_MATCH_1}})
  endif()
endforeach()
# The page on the tickets and the API to read and to try, and what serves them from where they are installed.
install(DIRECTORY ${PROJECT_SOURCE_DIR}/nginx/www DESTINATION ${CMAKE_INSTALL_DATADIR}/osticket-fcgi)
install(FILES ${made}/openapi.json DESTINATION ${CMAKE_INSTALL_DATADIR}/osticket-fcgi/www/docs)
foreach(part ${site_parts})
  string(REGEX MATCH "^(.*):(.*)$" matched ${part})
  file(READ ${PROJECT_SOURCE_DIR}/nginx/${CMAKE_MATCH_2} text)
  string(REPLACE "/usr/share" "${share}" text "${text}")
  file(WRITE ${made}/${CMAKE_MATCH_2} "${text}")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/nginx/${CMAKE_MATCH_2})
  installed(${made}/${CMAKE_MATCH_2} ${${CMAKE_MATCH_1}})
endforeach()
install(DIRECTORY ${package}/monitoring DESTINATION ${CMAKE_INSTALL_DATADIR}/osticket-fcgi)
# Ours, not the demo's.
file(GLOB tables CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/schema/fcgi-*.sql)
install(FILES ${tables} DESTINATION ${CMAKE_INSTALL_DATADIR}/osticket-fcgi/schema)

# Manual pages and the change log lie compressed, without the time of the compression.
function(compressed source path)
  get_filename_component(name ${path} NAME)
  add_custom_command(OUTPUT ${made}/compressed/${name}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${made}/compressed
    COMMAND gzip -9nc ${source} > ${made}/compressed/${name} DEPENDS ${source} VERBATIM)
  list(APPEND compressed ${made}/compressed/${name})
  set(compressed ${compressed} PARENT_SCOPE)
  installed(${made}/compressed/${name} ${path})
endfunction()
compressed(${made}/osticket-fcgi.8 ${CMAKE_INSTALL_MANDIR}/man8/osticket-fcgi.8.gz)
compressed(${made}/osticket-fcgi.ini.5 ${CMAKE_INSTALL_MANDIR}/man5/osticket-fcgi.ini.5.gz)
compressed(${PROJECT_SOURCE_DIR}/CHANGELOG.md ${CMAKE_INSTALL_DOCDIR}/changelog.gz)
add_custom_target(osticket-fcgi-compressed ALL DEPENDS ${compressed})
add_dependencies(osticket-fcgi-compressed osticket-fcgi-generated)
# In the folders of the source, so that what points from one to the other does so here, too.
foreach(document README.md fcgi/README.md nginx/README.md nginx/recipes/README.md lib/DIFFERENCES.md lib/mail/README.md lib/ops/README.md test/PERFORMANCE.md)
  get_filename_component(folder ${document} DIRECTORY)
  install(FILES ${PROJECT_SOURCE_DIR}/${document} DESTINATION ${CMAKE_INSTALL_DOCDIR}/${folder})
endforeach()
install(FILES ${package}/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})
if(NOT DEBIAN_DOCUMENTS) # Debian has the licence's text in common-licenses
  install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
endif()
