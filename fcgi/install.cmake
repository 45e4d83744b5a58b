# SPDX-License-Identifier: GPL-2.0-or-later
# What "cmake --install" puts where: the programs, their unit, a sample of its configuration, the nginx site, the SQL.
# Included by fcgi/CMakeLists.txt behind the target osticket-fcgi.

set(NGINX_SITE_DIR ${CMAKE_INSTALL_DATADIR}/osticket-fcgi/nginx CACHE STRING
    "Where the nginx site is installed; /etc/nginx/sites-available puts it where Debian's nginx looks")
# systemd reads lib/systemd/system under /usr and under /usr/local.
set(SYSTEMD_UNIT_DIR lib/systemd/system CACHE STRING "Where the systemd unit is installed")

set(sbin ${CMAKE_INSTALL_FULL_SBINDIR})
set(sysconf ${CMAKE_INSTALL_FULL_SYSCONFDIR})
set(share ${CMAKE_INSTALL_FULL_DATADIR})
configure_file(${CMAKE_CURRENT_LIST_DIR}/osticket-fcgi.service.in ${CMAKE_CURRENT_BINARY_DIR}/osticket-fcgi.service
               @ONLY)

# The sample comes from the table that the program checks a configuration with.
add_custom_command(
  OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/osticket-fcgi.ini.sample
  COMMAND osticket-fcgi --sample > ${CMAKE_CURRENT_BINARY_DIR}/osticket-fcgi.ini.sample
  DEPENDS osticket-fcgi
  VERBATIM)
add_custom_target(osticket-fcgi-sample ALL DEPENDS ${CMAKE_CURRENT_BINARY_DIR}/osticket-fcgi.ini.sample)

install(TARGETS osticket-fcgi DESTINATION ${CMAKE_INSTALL_SBINDIR})
# Started by osticket-fcgi alone.
install(TARGETS osticket-fcgi-mailer osticket-fcgi-inspect osticket-fcgi-metrics DESTINATION ${CMAKE_INSTALL_LIBEXECDIR})
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/osticket-fcgi.service DESTINATION ${SYSTEMD_UNIT_DIR})
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/osticket-fcgi.ini.sample DESTINATION ${CMAKE_INSTALL_SYSCONFDIR})
install(FILES ${PROJECT_SOURCE_DIR}/nginx/osticket-fcgi.conf DESTINATION ${NGINX_SITE_DIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/schema/ DESTINATION ${CMAKE_INSTALL_DATADIR}/osticket-fcgi/schema
        FILES_MATCHING PATTERN "*.sql")
install(DIRECTORY ${CMAKE_CURRENT_LIST_DIR}/package/monitoring DESTINATION ${CMAKE_INSTALL_DATADIR}/osticket-fcgi)
