# What ./dev package makes: the program, its texts and its pages, as a .deb that
# knows the libraries it needs, and as a .tar.gz.
#
# SPDX-License-Identifier: Apache-2.0
include(GNUInstallDirs)

if(TARGET weft)
  install(TARGETS weft)
endif()
install(FILES LICENSE README.md README.zh-CN.md SECURITY.md TYPE DOC)
install(DIRECTORY docs/ TYPE DOC)
install(DIRECTORY templates DESTINATION ${CMAKE_INSTALL_DATADIR}/weft OPTIONAL)

set(CPACK_PACKAGE_VENDOR "The Weft authors")
set(CPACK_PACKAGE_CONTACT "The Weft authors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Forms and approvals written as text")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
include(CPack)
