# SPDX-License-Identifier: GPL-2.0-or-later
# Packages of what is installed: fcgi/package/build makes them with a distribution's paths and flags.
set(package ${CMAKE_CURRENT_LIST_DIR})
set(CPACK_PACKAGE_NAME osticket-fcgi)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_VENDOR "the authors of osticket-fcgi")
set(CPACK_PACKAGE_CONTACT "Maintainers of osticket-fcgi <maintainers@osticket-fcgi.invalid>" CACHE STRING "Who answers for a package")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "osTicket's API as a FastCGI server behind nginx or Apache")
set(CPACK_PACKAGE_DESCRIPTION
"Answers the API of the help desk osTicket (api/http.php) in the place of PHP,
on the same MySQL or MariaDB database, beside the running PHP help desk:
reading tickets, replies and new tickets, with the mail they send.
.
Start with: osticket-fcgi setup")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGING_INSTALL_PREFIX ${CMAKE_INSTALL_PREFIX})
set(CPACK_STRIP_FILES ON)
set(CPACK_SET_DESTDIR ON) # some files lie outside of the prefix
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS ${CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS})

# ---- Debian
set(CPACK_DEBIAN_PACKAGE_RELEASE 1 CACHE STRING "The package's own version; 1~deb12 for Debian 12")
if(DEBIAN_DOCUMENTS)
  string(TIMESTAMP time "%a, %d %b %Y %H:%M:%S +0000" UTC) # of SOURCE_DATE_EPOCH, where it is set
  configure_file(${package}/changelog.in ${CMAKE_BINARY_DIR}/package/changelog.Debian @ONLY)
  execute_process(COMMAND gzip -9nf ${CMAKE_BINARY_DIR}/package/changelog.Debian)
  install(FILES ${CMAKE_BINARY_DIR}/package/changelog.Debian.gz DESTINATION ${CMAKE_INSTALL_DOCDIR})
endif()
# The files of maintainers know the paths; what is a conffile is what lies in /etc.
set(control ${CMAKE_BINARY_DIR}/package)
foreach(script postinst prerm postrm)
  configure_file(${package}/${script}.in ${control}/${script} @ONLY)
endforeach()
set(conffiles "/etc/osticket-fcgi/osticket-fcgi.ini.sample\n/etc/logrotate.d/osticket-fcgi\n")
foreach(part ${site_files})
  string(REGEX REPLACE ":.*$" "" variable ${part})
  if(${variable} MATCHES "^/etc/")
    string(APPEND conffiles "${${variable}}\n")
  endif()
endforeach()
file(WRITE ${control}/conffiles ${conffiles})
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# ExecReload of the unit runs kill.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "passwd, procps, tzdata, ca-certificates")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "nginx | apache2")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "bash-completion, logrotate")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${control}/conffiles ${control}/postinst ${control}/prerm ${control}/postrm)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

# ---- distributions with rpm
set(CPACK_RPM_FILE_NAME RPM-DEFAULT)
set(CPACK_RPM_PACKAGE_LICENSE "GPL-2.0-or-later")
string(REPLACE "\n.\n" "\n\n" CPACK_RPM_PACKAGE_DESCRIPTION "${CPACK_PACKAGE_DESCRIPTION}")
set(CPACK_RPM_PACKAGE_RELOCATABLE OFF)
set(CPACK_RPM_PACKAGE_GROUP "System Environment/Daemons")
set(CPACK_RPM_PACKAGE_REQUIRES "procps-ng, tzdata, ca-certificates, shadow-utils")
set(CPACK_RPM_POST_INSTALL_SCRIPT_FILE ${package}/rpm-post)
set(CPACK_RPM_PRE_UNINSTALL_SCRIPT_FILE ${package}/rpm-preun)
set(CPACK_RPM_USER_FILELIST "%config(noreplace) /etc/logrotate.d/osticket-fcgi")
# Folders of the system's own.
set(CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION
    /etc /etc/logrotate.d /etc/nginx /etc/nginx/snippets /etc/nginx/default.d /etc/httpd /etc/httpd/conf.d /usr/lib/systemd
    /usr/lib/systemd/system /usr/lib/sysusers.d /usr/lib/tmpfiles.d /usr/libexec /usr/sbin /usr/share/bash-completion
    /usr/share/bash-completion/completions /usr/share/doc /usr/share/man /usr/share/man/man5 /usr/share/man/man8)
include(CPack)
