"""Spanish: citation forms that English and French documents print, as a translator writes them."""

from __future__ import annotations

OPENING = "La Asamblea General,\n\n1. "


CITATIONS: list[tuple[str | None, str, str]] = [
    (
        "GA",
        (
            "Recordando sus resoluciones 69/193 y 69/196, de 18 de diciembre de "
            "2014, 70/178, de 17 de diciembre de 2015, y 71/209, de 19 de "
            "diciembre de 2016,"
        ),
        (
            "A/RES/69/193@2014-12-18 A/RES/69/196@2014-12-18 "
            "A/RES/70/178@2015-12-17 A/RES/71/209@2016-12-19"
        ),
    ),
    (
        "GA",
        (
            "Recordando las resoluciones de la Asamblea General 53/243 A y B, de "
            "13 de septiembre de 1999, y 52/15,"
        ),
        "A/RES/53/243A@1999-09-13 A/RES/53/243B@1999-09-13 A/RES/52/15",
    ),
    (
        "GA",
        ("la resolución 217 A (III) de la Asamblea General, de 10 de diciembre de 1948"),
        "A/RES/217(III)A@1948-12-10",
    ),
    (
        "GA",
        (
            "las resoluciones 1514 (XV), de 14 de diciembre de 1960, 2625 (XXV), "
            "de 24 de octubre de 1970, y 3201 (S-VI) y 3202 (S-VI), de 1 de mayo "
            "de 1974"
        ),
        (
            "A/RES/1514(XV)@1960-12-14 A/RES/2625(XXV)@1970-10-24 "
            "A/RES/3201(S-VI)@1974-05-01 A/RES/3202(S-VI)@1974-05-01"
        ),
    ),
    (
        "GA",
        (
            "la resolución S-24/2, de 1 de julio de 2000, y la resolución "
            "ES-10/14, de 8 de diciembre de 2003"
        ),
        "A/RES/S-24/2@2000-07-01 A/RES/ES-10/14@2003-12-08",
    ),
    ("GA", "su decisión 69/559, de 10 de agosto de 2015,", "A/DEC/69/559@2015-08-10"),
    (
        "HRC",
        (
            "Recordando su resolución 5/1, sobre la construcción institucional, "
            "y 5/2, sobre el código de conducta, de 18 de junio de 2007,"
        ),
        "A/HRC/RES/5/1@2007-06-18 A/HRC/RES/5/2@2007-06-18",
    ),
    (
        "HRC",
        (
            "las resoluciones del Consejo 5/1 y 16/21, de 18 de junio de 2007 y "
            "25 de marzo de 2011, respectivamente,"
        ),
        "A/HRC/RES/5/1@2007-06-18 A/HRC/RES/16/21@2011-03-25",
    ),
    (
        "SC",
        ("Reafirmando sus resoluciones 1267 (1999), 1373 (2001), 1989 (2011) y 2178 (2014),"),
        "S/RES/1267(1999) S/RES/1373(2001) S/RES/1989(2011) S/RES/2178(2014)",
    ),
    (
        "SC",
        (
            "las declaraciones de la Presidencia S/PRST/2015/1, de 13 de enero "
            "de 2015, y S/PRST/2015/3"
        ),
        "S/PRST/2015/1@2015-01-13 S/PRST/2015/3",
    ),
    (
        "GA",
        (
            "la resolución 2016/18 del Consejo Económico y Social, de 26 de "
            "julio de 2016, y su decisión 2016/252"
        ),
        "E/RES/2016/18@2016-07-26 E/DEC/2016/252",
    ),
    (
        "GA",
        ("la resolución 2005/80 de la Comisión de Derechos Humanos, de 21 de abril de 2005"),
        "E/CN.4/RES/2005/80@2005-04-21",
    ),
    ("GA", "la resolución 58/11 de la Comisión de Estupefacientes", "E/CN.7/RES/58/11"),
    (
        "GA",
        (
            "la resolución 60/2 de la Comisión de la Condición Jurídica y Social "
            "de la Mujer, de 24 de marzo de 2016"
        ),
        "E/CN.6/RES/60/2@2016-03-24",
    ),
    (
        "GA",
        ("la resolución 25/1 de la Comisión de Prevención del Delito y Justicia Penal"),
        "E/CN.15/RES/25/1",
    ),
    (
        "GA",
        (
            "la resolución 2/12 de la Asamblea de las Naciones Unidas sobre el "
            "Medio Ambiente, de 27 de mayo de 2016"
        ),
        "UNEP/EA.2/RES.12@2016-05-27",
    ),
    ("GA", "la resolución WHA68.7 de la Asamblea Mundial de la Salud", "WHA/68.7"),
    ("GA", "en su decisión 1/CP.21, la Conferencia de las Partes", ""),
    ("GA", "la resolución GC(59)/RES/10 de la Conferencia General del OIEA", ""),
    (
        "GA",
        ("la resolución 1757 de la Conferencia de la Organización Internacional del Trabajo"),
        "",
    ),
    (
        "GA",
        ("la resolución AG/RES. 2514 (XXXIX-O/09) de la Organización de los Estados Americanos"),
        "",
    ),
    ("GA", "la resolución 690 (PLEN.35) de la CEPAL", ""),
    (
        "GA",
        ("la resolución 71/1 de la Comisión Económica y Social para Asia y el Pacífico"),
        "",
    ),
    (
        "GA",
        ("la resolución 296 de la Comisión Africana de Derechos Humanos y de los Pueblos"),
        "",
    ),
    ("GA", ("la decisión Assembly/AU/Dec.145 (VIII) de la Asamblea de la Unión Africana"), ""),
    (
        "GA",
        (
            "la decisión EC-M-33/DEC.1 del Consejo Ejecutivo de la Organización "
            "para la Prohibición de las Armas Químicas, de 27 de septiembre de "
            "2013"
        ),
        "",
    ),
    (
        "GA",
        (
            "la resolución 1540 (2004) del Consejo de Seguridad, de 28 de abril "
            "de 2004, y las resoluciones posteriores 1673 (2006), 1810 (2008) y "
            "1977 (2011)"
        ),
        ("S/RES/1540(2004)@2004-04-28 S/RES/1673(2006) S/RES/1810(2008) S/RES/1977(2011)"),
    ),
    (
        "GA",
        ("la sección I de la resolución 59/276 de la Asamblea General, de 23 de diciembre de 2004"),
        "A/RES/59/276@2004-12-23",
    ),
    (
        "GA",
        (
            "el párrafo 4 de su resolución 64/293, y los párrafos 5 y 6 de la "
            "sección II de su resolución 61/244"
        ),
        "A/RES/64/293 A/RES/61/244",
    ),
    (
        "GA",
        (
            "el anexo de la resolución 48/134, de 20 de diciembre de 1993, y la "
            "resolución 41/128, anexo,"
        ),
        "A/RES/48/134@1993-12-20 A/RES/41/128",
    ),
    (
        "GA",
        (
            "En su resolución 70/1, de 25 de septiembre de 2015, titulada "
            "“Transformar nuestro mundo: la Agenda 2030 para el Desarrollo "
            "Sostenible”, la Asamblea General aprobó"
        ),
        "A/RES/70/1@2015-09-25",
    ),
    (
        "HRC",
        (
            "Recordando la resolución 60/251 de la Asamblea General, de 15 de "
            "marzo de 2006, por la que se estableció el Consejo, y la resolución "
            "65/281 de la Asamblea,"
        ),
        "A/RES/60/251@2006-03-15 A/RES/65/281",
    ),
    (
        "HRC",
        (
            "las resoluciones 1996/31 del Consejo Económico y Social y 2003/67 "
            "de la Comisión de Derechos Humanos"
        ),
        "E/RES/1996/31 E/CN.4/RES/2003/67",
    ),
    (
        "HRC",
        (
            "las resoluciones de la Comisión de Derechos Humanos 2003/67, de 24 "
            "de abril de 2003, 2004/60, de 20 de abril de 2004, y la decisión "
            "1/102 del Consejo de Derechos Humanos, de 30 de junio de 2006"
        ),
        ("E/CN.4/RES/2003/67@2003-04-24 E/CN.4/RES/2004/60@2004-04-20 A/HRC/DEC/1/102@2006-06-30"),
    ),
    (
        "SC",
        (
            "Recordando su resolución 242 (1967), de 22 de noviembre de 1967, "
            "338 (1973), de 22 de octubre de 1973, y demás resoluciones "
            "pertinentes,"
        ),
        "S/RES/242(1967)@1967-11-22 S/RES/338(1973)@1973-10-22",
    ),
    (
        "SC",
        (
            "la resolución 1718 (2006) y las resoluciones conexas 1874 (2009), "
            "2087 (2013) y 2094 (2013) del Consejo"
        ),
        "S/RES/1718(2006) S/RES/1874(2009) S/RES/2087(2013) S/RES/2094(2013)",
    ),
    (
        "GA",
        (
            "las resoluciones del Consejo de Derechos Humanos S-9/1, de 12 de "
            "enero de 2009, y S-12/1, de 16 de octubre de 2009"
        ),
        "A/HRC/RES/S-9/1@2009-01-12 A/HRC/RES/S-12/1@2009-10-16",
    ),
    ("GA", "la resolución núm. 34/169 de la Asamblea General", "A/RES/34/169"),
    (
        "GA",
        ("las resoluciones de la Asamblea General (resoluciones 46/182 y 69/135)"),
        "A/RES/46/182 A/RES/69/135",
    ),
    (
        "GA",
        (
            "Recordando además la resolución 8/2 de la Conferencia de los "
            "Estados Partes en la Convención de las Naciones Unidas contra la "
            "Corrupción"
        ),
        "CAC/COSP/RES/8/2",
    ),
    (
        "GA",
        (
            "la resolución 5/4 de la Conferencia de las Partes en la Convención "
            "de las Naciones Unidas contra la Delincuencia Organizada "
            "Transnacional, de 22 de octubre de 2010"
        ),
        "CTOC/COP/RES/5/4@2010-10-22",
    ),
    (
        None,
        (
            "resoluciones de la Asamblea General 70/1 y 70/2 y del Consejo de "
            "Seguridad 1325 (2000) y 1820 (2008)"
        ),
        "A/RES/70/1 A/RES/70/2 S/RES/1325(2000) S/RES/1820(2008)",
    ),
    (
        None,
        ("las resoluciones 1325 (2000) del Consejo de Seguridad y 70/1 de la Asamblea General"),
        "S/RES/1325(2000) A/RES/70/1",
    ),
    (None, "la resolución 2118 del Consejo de Seguridad", ""),
    (
        None,
        "Resolución del Consejo de Seguridad 1970 (2011), párrafos 9 y 10",
        "S/RES/1970(2011)",
    ),
    (
        "SC",
        (
            "el Comité establecido en virtud de la resolución 1267 (1999), "
            "relativa a Al-Qaida, y el párrafo 8 a) de la resolución 1333 (2000)"
        ),
        "S/RES/1267(1999) S/RES/1333(2000)",
    ),
    (
        "GA",
        (
            "sus resoluciones 46/182, de 19 de diciembre de 1991, sobre el "
            "fortalecimiento de la coordinación, y 60/125, de 15 de diciembre de "
            "2005, así como las resoluciones 60/1 y 62/92"
        ),
        ("A/RES/46/182@1991-12-19 A/RES/60/125@2005-12-15 A/RES/60/1 A/RES/62/92"),
    ),
    (
        "GA",
        (
            "Guiada por las resoluciones 34/180, de 18 de diciembre de 1979, "
            "48/104, de 20 de diciembre de 1993, todas de la Asamblea General, y "
            "sus resoluciones posteriores"
        ),
        "A/RES/34/180@1979-12-18 A/RES/48/104@1993-12-20",
    ),
    (
        "HRC",
        (
            "Reafirmando la resolución 68/268 de la Asamblea General, de 9 de "
            "abril de 2014, y recordando su propia resolución 28/11"
        ),
        "A/RES/68/268@2014-04-09 A/HRC/RES/28/11",
    ),
    (
        "ECOSOC",
        (
            "Recordando su resolución 1996/31, de 25 de julio de 1996, y la "
            "resolución de la Asamblea 68/1, de 20 de septiembre de 2013,"
        ),
        "E/RES/1996/31@1996-07-25 A/RES/68/1@2013-09-20",
    ),
    (
        "ECOSOC",
        (
            "la resolución 663 E (XXIV), de 31 de julio de 1957, y 2076 (LXII), "
            "de 13 de mayo de 1977, del Consejo"
        ),
        "E/RES/663(XXIV)E@1957-07-31 E/RES/2076(LXII)@1977-05-13",
    ),
    (
        "GA",
        (
            "la Decisión 2013/255/PESC del Consejo de la Unión Europea, de 31 de "
            "mayo de 2013, y el Reglamento (UE) núm. 36/2012 del Consejo"
        ),
        "",
    ),
    (None, "la Decisión 2013/255/PESC del Consejo, de 31 de mayo de 2013", ""),
    ("SC", "Decisión de Ejecución 2014/488/PESC del Consejo", ""),
    ("GA", "la resolución 38/2012 del Ministerio de Salud y el Decreto 2085", ""),
    ("GA", "la decisión 2015/1 de la Junta Ejecutiva del UNICEF", ""),
    (
        "GA",
        ("la decisión 2014/24 de la Junta Ejecutiva de ONU-Mujeres, de 18 de junio de 2014"),
        "",
    ),
    (
        "GA",
        ("la opinión núm. 12/2014 del Grupo de Trabajo y la comunicación núm. 2155/2012"),
        "",
    ),
    ("GA", "en el ejercicio 2015/16, la causa núm. IT-04-84-T y 24/7 horas", ""),
    (
        "GA",
        ("la resolución A/RES/70/1 y la resolución S/RES/2118 (2013), el documento A/C.5/69/19"),
        "A/RES/70/1 S/RES/2118(2013) A/C.5/69/19",
    ),
    (
        "GA",
        ("véase la resolución 70/1; véanse también las resoluciones 71/1 y 71/2"),
        "A/RES/70/1 A/RES/71/1 A/RES/71/2",
    ),
    (
        "GA",
        "RECORDANDO su resolución 3292 (XXIX), de 13 de diciembre de 1974",
        "A/RES/3292(XXIX)@1974-12-13",
    ),
    ("GA", "la Resolución No. 2758 (XXVI) de la Asamblea General", "A/RES/2758(XXVI)"),
    (
        None,
        (
            "Carta de fecha 3 de marzo de 2015 dirigida al Presidente del "
            "Consejo de Seguridad (S/2015/150)"
        ),
        "S/2015/150",
    ),
    (
        None,
        (
            "las resoluciones del Consejo de Seguridad 242 (1967) y 338 (1973) y "
            "las resoluciones de la Asamblea General 194 (III) y 3236 (XXIX)"
        ),
        "S/RES/242(1967) S/RES/338(1973) A/RES/194(III) A/RES/3236(XXIX)",
    ),
    (None, "en virtud de la resolución 1267/1989 del Consejo de Seguridad", ""),
    (None, "el régimen de sanciones 1267/1989 y la resolución 1540", ""),
    (None, "la resolución 1325 sobre las mujeres, la paz y la seguridad", ""),
    (
        "GA",
        (
            "la decisión 1/COP.8, la decisión BC-12/4 y la decisión IX/12 de la "
            "Conferencia de las Partes"
        ),
        "",
    ),
    (
        "GA",
        (
            "la decisión XXVI/9 de la Reunión de las Partes y la decisión 27/2 "
            "del Consejo de Administración del PNUMA"
        ),
        "",
    ),
    (
        "GA",
        ("de conformidad con la resolución 60/251, párrafo 5 e), y la resolución 65/281, anexo"),
        "A/RES/60/251 A/RES/65/281",
    ),
    (
        "GA",
        (
            "con arreglo a lo dispuesto en los párrafos 7 y 8 de la sección XVI "
            "de su resolución 69/262 A, de 29 de diciembre de 2014"
        ),
        "A/RES/69/262A@2014-12-29",
    ),
    (
        "GA",
        (
            "sus resoluciones 69/262 A a C, de 29 de diciembre de 2014, y 69/274 "
            "A, de 2 de abril de 2015"
        ),
        (
            "A/RES/69/262A@2014-12-29 A/RES/69/262B@2014-12-29 "
            "A/RES/69/262C@2014-12-29 A/RES/69/274A@2015-04-02"
        ),
    ),
    (
        "GA",
        (
            "la resolución 2625 (XXV), titulada “Declaración sobre los "
            "Principios”, de 24 de octubre de 1970"
        ),
        "A/RES/2625(XXV)@1970-10-24",
    ),
    (
        "ECOSOC",
        ("las decisiones 2012/215, de 23 de julio de 2012, y 2013/259 y 2014/206 del Consejo"),
        "E/DEC/2012/215@2012-07-23 E/DEC/2013/259 E/DEC/2014/206",
    ),
    (
        None,
        ("la declaración presidencial S/PRST/2014/27 y el documento S/2014/450 y Corr.1"),
        "S/PRST/2014/27 S/2014/450",
    ),
]

STATES: list[tuple[str, str]] = [
    ("200 millones de dólares de los Estados Unidos", ""),
    ("los países de la cuenca del Lago Chad y el Chad", "TCD"),
    ("Samoa Americana y Samoa", "WSM"),
    ("el Golfo de Guinea, Guinea y Papua Nueva Guinea", "GIN PNG"),
]

INSTRUMENTS: list[tuple[str, list[str | None]]] = [
    (
        "Recordando los Convenios de Basilea, Rotterdam y Estocolmo,",
        ["basel-convention", "rotterdam-convention", "stockholm-convention"],
    ),
    (
        (
            "Recordando la Convención sobre la Eliminación de Todas las Formas "
            "de Discriminación contra la Mujer y el Protocolo Facultativo de "
            "esta,"
        ),
        ["cedaw", "cedaw-op"],
    ),
]

DUE: list[tuple[str, str, str | None, str]] = [
    (
        (
            "Solicita al Secretario General que le presente un informe a más "
            "tardar el 15 de octubre de 2042."
        ),
        "request",
        "secretary-general",
        "2042-10-15",
    ),
]

SPONSORS: list[tuple[str, str]] = [
    (
        (
            "Posteriormente se sumaron a los patrocinadores del proyecto de "
            "resolución A/C.3/75/L.8 Bélgica, Francia e Italia."
        ),
        "BEL FRA ITA",
    ),
    (
        (
            "Alemania y Ucrania se sumaron posteriormente a los patrocinadores "
            "del proyecto de resolución A/C.3/75/L.8."
        ),
        "DEU UKR",
    ),
]
