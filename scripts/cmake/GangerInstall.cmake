# Installs program, libraries, headers, CMake package and pkg-config file.
include(CMakePackageConfigHelpers)
set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/ganger")

install(TARGETS ganger EXPORT ganger_shared)
install(TARGETS ganger_static EXPORT ganger_static)
if(TARGET ganger_program)
    install(TARGETS ganger_program)
endif()
# The program writes its own manual page and completions, from the table of its options. ThreadSanitizer's programs do not
# run everywhere that they are built.
if(TARGET ganger_program AND NOT GANGER_SANITIZE)
    set(documents "${PROJECT_BINARY_DIR}/documents")
    file(MAKE_DIRECTORY "${documents}")
    add_custom_command(
        OUTPUT "${documents}/ganger.1" "${documents}/ganger" "${documents}/_ganger" "${documents}/ganger.fish"
        COMMAND ganger_program man > "${documents}/ganger.1"
        COMMAND ganger_program completion bash > "${documents}/ganger"
        COMMAND ganger_program completion zsh > "${documents}/_ganger"
        COMMAND ganger_program completion fish > "${documents}/ganger.fish"
        DEPENDS ganger_program
        COMMENT "Writing the manual page and completions"
        VERBATIM)
    add_custom_target(ganger_documents ALL DEPENDS "${documents}/ganger.1")
    install(FILES "${documents}/ganger.1" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
    install(FILES "${documents}/ganger" DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
    install(FILES "${documents}/_ganger" DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions")
    install(FILES "${documents}/ganger.fish" DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")
endif()
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/ganger" "${GANGER_GENERATED}/ganger" TYPE INCLUDE)

# Two sets, because only the static library needs the dependencies' development files.
install(EXPORT ganger_shared NAMESPACE ganger:: FILE ganger-shared.cmake DESTINATION "${package_dir}")
install(EXPORT ganger_static NAMESPACE ganger:: FILE ganger-static.cmake DESTINATION "${package_dir}")
configure_package_config_file(
    "${PROJECT_SOURCE_DIR}/scripts/cmake/ganger-config.cmake.in" "${PROJECT_BINARY_DIR}/ganger-config.cmake"
    INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/ganger-config-version.cmake"
                                 COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/ganger-config.cmake" "${PROJECT_BINARY_DIR}/ganger-config-version.cmake"
              "${PROJECT_SOURCE_DIR}/scripts/cmake/GangerDependencies.cmake"
              "${PROJECT_SOURCE_DIR}/scripts/cmake/FindGLPK.cmake"
              "${PROJECT_SOURCE_DIR}/scripts/cmake/FindHDF5Serial.cmake"
              "${PROJECT_SOURCE_DIR}/scripts/cmake/FindLibCSV.cmake"
              "${PROJECT_SOURCE_DIR}/scripts/cmake/FindRandom123.cmake" DESTINATION "${package_dir}")

file(RELATIVE_PATH GANGER_PC_PREFIX "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
list(JOIN OpenMP_C_FLAGS " " GANGER_OPENMP_FLAGS)
configure_file("${PROJECT_SOURCE_DIR}/scripts/cmake/ganger.pc.in" "${PROJECT_BINARY_DIR}/ganger.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/ganger.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
