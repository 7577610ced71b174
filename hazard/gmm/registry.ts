import type {
  Arguments,
  GroundMotionModel,
  ModelAlias,
  ModelDeclaration,
  ModelResources,
  ModelSpecification,
} from './model.js';
import { ModelRegistry, type ModelFile } from './model-registry.js';

/** One line per publication: the names it defines -> its file, loaded when first asked for. */
// prettier-ignore
export const MODEL_FILES: readonly ModelFile[] = [
  // sorted by file name
  ['AbrahamsonEtAl2014 AbrahamsonEtAl2014RegCHN AbrahamsonEtAl2014RegJPN AbrahamsonEtAl2014RegTWN', () => import('./models/abrahamson-2014.js')],
  ['AbrahamsonEtAl2015SInter AbrahamsonEtAl2015SInterHigh AbrahamsonEtAl2015SInterLow AbrahamsonEtAl2015SSlab AbrahamsonEtAl2015SSlabHigh AbrahamsonEtAl2015SSlabLow AbrahamsonEtAl2015SInter_scaled AbrahamsonEtAl2015SSlab_scaled', () => import('./models/abrahamson-2015.js')],
  ['AbrahamsonEtAl2018SInter AbrahamsonEtAl2018SSlab AbrahamsonEtAl2018SInterHigh AbrahamsonEtAl2018SInterLow AbrahamsonEtAl2018SSlabHigh AbrahamsonEtAl2018SSlabLow', () => import('./models/abrahamson-2018.js')],
  ['AbrahamsonGulerce2020SInter AbrahamsonGulerce2020SSlab AbrahamsonGulerce2020SInterAlaska AbrahamsonGulerce2020SInterCascadia AbrahamsonGulerce2020SInterCentralAmericaMexico AbrahamsonGulerce2020SInterJapan AbrahamsonGulerce2020SInterNewZealand AbrahamsonGulerce2020SInterSouthAmerica AbrahamsonGulerce2020SInterTaiwan AbrahamsonGulerce2020SSlabAlaska AbrahamsonGulerce2020SSlabCascadia AbrahamsonGulerce2020SSlabCentralAmericaMexico AbrahamsonGulerce2020SSlabJapan AbrahamsonGulerce2020SSlabNewZealand AbrahamsonGulerce2020SSlabSouthAmerica AbrahamsonGulerce2020SSlabTaiwan', () => import('./models/abrahamson-gulerce-2020.js')],
  ['AbrahamsonSilva1997 AbrahamsonSilva1997Vertical', () => import('./models/abrahamson-silva-1997.js')],
  ['AbrahamsonSilva2008', () => import('./models/abrahamson-silva-2008.js')],
  ['AkkarEtAlRepi2014 AkkarEtAlRhyp2014 AkkarEtAlRjb2014 AkkarEtAl2013', () => import('./models/akkar-2014.js')],
  ['AkkarBommer2010', () => import('./models/akkar-bommer-2010.js')],
  ['AkkarCagnan2010', () => import('./models/akkar-cagnan-2010.js')],
  ['Allen2012', () => import('./models/allen-2012.js')],
  ['AllenEtAl2012 AllenEtAl2012Rhypo', () => import('./models/allen-2012-ipe.js')],
  ['AmeriEtAl2017Rjb Ameri2014Rjb AmeriEtAl2017Repi AmeriEtAl2017RepiStressDrop AmeriEtAl2017RjbStressDrop', () => import('./models/ameri-2017.js')],
  ['Atkinson2010Hawaii', () => import('./models/atkinson-2010-hawaii.js')],
  ['Atkinson2015 Atkinson2015AltDistSat', () => import('./models/atkinson-2015.js')],
  ['Atkinson2022Crust Atkinson2022SInter Atkinson2022SSlab', () => import('./models/atkinson-2022.js')],
  ['AtkinsonBoore2003SInter AtkinsonBoore2003SInterNSHMP2008 AtkinsonBoore2003SSlab AtkinsonBoore2003SSlabCascadia AtkinsonBoore2003SSlabCascadiaNSHMP2008 AtkinsonBoore2003SSlabJapan AtkinsonBoore2003SSlabNSHMP2008 AtkinsonBoore2003SSlabJapanNSHMP2008', () => import('./models/atkinson-boore-2003.js')],
  ['AtkinsonBoore2006 AtkinsonBoore2006MblgAB1987bar140NSHMP2008 AtkinsonBoore2006MblgAB1987bar200NSHMP2008 AtkinsonBoore2006MblgJ1996bar140NSHMP2008 AtkinsonBoore2006MblgJ1996bar200NSHMP2008 AtkinsonBoore2006Modified2011 AtkinsonBoore2006Mwbar140NSHMP2008 AtkinsonBoore2006Mwbar200NSHMP2008 AtkinsonBoore2006SGS', () => import('./models/atkinson-boore-2006.js')],
  ['AtkinsonMacias2009', () => import('./models/atkinson-macias-2009.js')],
  ['AvgGMPE AvgPoeGMPE', () => import('./wrappers/avg-gmpe.js')],
  ['BA08SiteTerm', () => import('./wrappers/ba08-site-term.js')],
  ['BahrampouriEtAl2021Asc BahrampouriEtAl2021SInter BahrampouriEtAl2021SSlab', () => import('./models/bahrampouri-2021.js')],
  ['BaumontEtAl2018High2210IAVGDC30n7', () => import('./models/baumont-2018.js')],
  ['BaylessAbrahamson2018', () => import('./models/bayless-abrahamson-2018.js')],
  ['BCHydroESHM20SInter BCHydroESHM20SSlab ESHM20SInterVLowStressFastAtten ESHM20SInterVLowStressMidAtten ESHM20SInterVLowStressSlowAtten ESHM20SInterLowStressFastAtten ESHM20SInterLowStressMidAtten ESHM20SInterLowStressSlowAtten ESHM20SInterMidStressFastAtten ESHM20SInterMidStressMidAtten ESHM20SInterMidStressSlowAtten ESHM20SInterHighStressFastAtten ESHM20SInterHighStressMidAtten ESHM20SInterHighStressSlowAtten ESHM20SInterVHighStressFastAtten ESHM20SInterVHighStressMidAtten ESHM20SInterVHighStressSlowAtten ESHM20SSlabVLowStressFastAtten ESHM20SSlabVLowStressMidAtten ESHM20SSlabVLowStressSlowAtten ESHM20SSlabLowStressFastAtten ESHM20SSlabLowStressMidAtten ESHM20SSlabLowStressSlowAtten ESHM20SSlabMidStressFastAtten ESHM20SSlabMidStressMidAtten ESHM20SSlabMidStressSlowAtten ESHM20SSlabHighStressFastAtten ESHM20SSlabHighStressMidAtten ESHM20SSlabHighStressSlowAtten ESHM20SSlabVHighStressFastAtten ESHM20SSlabVHighStressMidAtten ESHM20SSlabVHighStressSlowAtten BCHydroESHM20SInterHigh BCHydroESHM20SInterLow BCHydroESHM20SSlabHigh BCHydroESHM20SSlabLow', () => import('./models/bchydro-2016-epistemic.js')],
  ['BindiEtAl2011 BindiEtAl2011Ita19Low BindiEtAl2011Ita19Upp BindiEtAl2011scaled', () => import('./models/bindi-2011.js')],
  ['BindiEtAl2011Repi BindiEtAl2011RepiFixedH', () => import('./models/bindi-2011-ipe.js')],
  ['BindiEtAl2014Rhyp BindiEtAl2014RhypEC8 BindiEtAl2014RhypEC8NoSOF BindiEtAl2014Rjb BindiEtAl2014RjbEC8 BindiEtAl2014RjbEC8NoSOF BindiEtAl2014RhypEC8scaled', () => import('./models/bindi-2014.js')],
  ['BindiEtAl2017Rhypo BindiEtAl2017Rjb', () => import('./models/bindi-2017.js')],
  ['BooreEtAl1997ArbitraryHorizontal BooreEtAl1997ArbitraryHorizontalUnspecified BooreEtAl1997GeometricMean BooreEtAl1997GeometricMeanUnspecified', () => import('./models/boore-1997.js')],
  ['BooreEtAl2014 BooreEtAl2014CaliforniaBasin BooreEtAl2014CaliforniaBasinNoSOF BooreEtAl2014HighQ BooreEtAl2014HighQCaliforniaBasin BooreEtAl2014HighQCaliforniaBasinNoSOF BooreEtAl2014HighQJapanBasin BooreEtAl2014HighQJapanBasinNoSOF BooreEtAl2014HighQNoSOF BooreEtAl2014JapanBasin BooreEtAl2014JapanBasinNoSOF BooreEtAl2014LowQ BooreEtAl2014LowQCaliforniaBasin BooreEtAl2014LowQCaliforniaBasinNoSOF BooreEtAl2014LowQJapanBasin BooreEtAl2014LowQJapanBasinNoSOF BooreEtAl2014LowQNoSOF BooreEtAl2014NoSOF', () => import('./models/boore-2014.js')],
  ['BooreAtkinson2008', () => import('./models/boore-atkinson-2008.js')],
  ['Atkinson2008prime BooreAtkinson2011', () => import('./models/boore-atkinson-2011.js')],
  ['Bradley2013 Bradley2013LHC Bradley2013Volc Bradley2013VolcLHC Bradley2013bChchMaps', () => import('./models/bradley-2013.js')],
  ['Campbell1997', () => import('./models/campbell-1997.js')],
  ['Campbell2003 Campbell2003MblgAB1987NSHMP2008 Campbell2003MblgJ1996NSHMP2008 Campbell2003MwNSHMP2008 Campbell2003SHARE', () => import('./models/campbell-2003.js')],
  ['CampbellBozorgnia2003NSHMP2007', () => import('./models/campbell-bozorgnia-2003.js')],
  ['CampbellBozorgnia2008 CampbellBozorgnia2008Arbitrary', () => import('./models/campbell-bozorgnia-2008.js')],
  ['CampbellBozorgnia2014 CampbellBozorgnia2014HighQ CampbellBozorgnia2014HighQJapanSite CampbellBozorgnia2014JapanSite CampbellBozorgnia2014LowQ CampbellBozorgnia2014LowQJapanSite CampbellBozorgnia2019 CampbellBozorgnia2019HighQ CampbellBozorgnia2019HighQJapanSite CampbellBozorgnia2019JapanSite CampbellBozorgnia2019LowQ CampbellBozorgnia2019LowQJapanSite', () => import('./models/campbell-bozorgnia-2014.js')],
  ['OceanicCan15Low OceanicCan15Mid OceanicCan15Upp WesternCan15Low WesternCan15Mid WesternCan15RjbLow WesternCan15RjbMid WesternCan15RjbUpp WesternCan15Upp', () => import('./models/can15-western.js')],
  ['CanadaSHM6_ActiveCrust_AbrahamsonEtAl2014 CanadaSHM6_ActiveCrust_BooreEtAl2014 CanadaSHM6_ActiveCrust_CampbellBozorgnia2014 CanadaSHM6_ActiveCrust_ChiouYoungs2014', () => import('./models/canada-shm6-active-crust.js')],
  ['CanadaSHM6_InSlab_AbrahamsonEtAl2015SSlab30 CanadaSHM6_InSlab_AbrahamsonEtAl2015SSlab55 CanadaSHM6_InSlab_AtkinsonBoore2003SSlabCascadia30 CanadaSHM6_InSlab_AtkinsonBoore2003SSlabCascadia55 CanadaSHM6_InSlab_GarciaEtAl2005SSlab30 CanadaSHM6_InSlab_GarciaEtAl2005SSlab55 CanadaSHM6_InSlab_ZhaoEtAl2006SSlabCascadia30 CanadaSHM6_InSlab_ZhaoEtAl2006SSlabCascadia55', () => import('./models/canada-shm6-inslab.js')],
  ['CanadaSHM6_Interface_AbrahamsonEtAl2015SInter CanadaSHM6_Interface_AtkinsonMacias2009 CanadaSHM6_Interface_GhofraniAtkinson2014Cascadia CanadaSHM6_Interface_ZhaoEtAl2006SInterCascadia', () => import('./models/canada-shm6-interface.js')],
  ['CanadaSHM6_StableCrust_AA13 CanadaSHM6_StableCrust_NGAEast', () => import('./models/canada-shm6-stable.js')],
  ['CauzziEtAl2014 CauzziEtAl2014Eurocode8 CauzziEtAl2014Eurocode8NoSOF CauzziEtAl2014FixedVs30 CauzziEtAl2014FixedVs30NoSOF CauzziEtAl2014NoSOF CauzziEtAl2014Eurocode8scaled CauzziEtAl2014RhypoGermany', () => import('./models/cauzzi-2014.js')],
  ['CauzziFaccioli2008 FaccioliEtAl2010', () => import('./models/cauzzi-faccioli-2008.js')],
  ['CB14BasinTerm', () => import('./wrappers/cb14-basin-term.js')],
  ['ChiouYoungs2008', () => import('./models/chiou-youngs-2008.js')],
  ['ChiouYoungs2014 ChiouYoungs2014Italy ChiouYoungs2014Japan ChiouYoungs2014PEER ChiouYoungs2014Wenchuan', () => import('./models/chiou-youngs-2014.js')],
  ['ClimentEtAl1994', () => import('./models/climent-1994.js')],
  ['CY14SiteTerm', () => import('./wrappers/cy14-site-term.js')],
  ['Eurocode8Amplification Eurocode8AmplificationDefault PitilakisEtAl2018 PitilakisEtAl2020', () => import('./wrappers/design-spectrum-amplification.js')],
  ['DowrickRhoades2005Asc DowrickRhoades2005SInter DowrickRhoades2005SSlab DowrickRhoades2005Volc', () => import('./models/dowrick-rhoades-2005.js')],
  ['DrouetBrazil2015withDepth', () => import('./models/drouet-brazil-2015.js')],
  ['ECOS2009 ECOS2009Highest', () => import('./models/ecos-2009.js')],
  ['ESHM20Craton ESHM20CratonHighStressHighSite ESHM20CratonHighStressLowSite ESHM20CratonHighStressMidSite ESHM20CratonLowStressHighSite ESHM20CratonLowStressLowSite ESHM20CratonLowStressMidSite ESHM20CratonMidStressHighSite ESHM20CratonMidStressLowSite ESHM20CratonMidStressMidSite ESHM20CratonVHighStressHighSite ESHM20CratonVHighStressLowSite ESHM20CratonVHighStressMidSite ESHM20CratonVLowStressHighSite ESHM20CratonVLowStressLowSite ESHM20CratonVLowStressMidSite', () => import('./models/eshm20-craton.js')],
  ['FaccioliCauzzi2006', () => import('./models/faccioli-cauzzi-2006.js')],
  ['FrankelEtAl1996MblgAB1987NSHMP2008 FrankelEtAl1996MblgJ1996NSHMP2008 FrankelEtAl1996MwNSHMP2008', () => import('./models/frankel-1996.js')],
  ['GarciaEtAl2005SSlab GarciaEtAl2005SSlabVert', () => import('./models/garcia-2005.js')],
  ['GenericGmpeAvgSA GmpeIndirectAvgSA', () => import('./wrappers/generic-gmpe-avgsa.js')],
  ['GhofraniAtkinson2014 GhofraniAtkinson2014Cascadia GhofraniAtkinson2014CascadiaLower GhofraniAtkinson2014CascadiaUpper GhofraniAtkinson2014Lower GhofraniAtkinson2014Upper', () => import('./models/ghofrani-atkinson-2014.js')],
  ['GMPETable', () => import('./wrappers/gmpe-table.js')],
  ['Gupta2010SSlab', () => import('./models/gupta-2010.js')],
  ['IdiniEtAl2017SInter IdiniEtAl2017SSlab', () => import('./models/idini-2017.js')],
  ['Idriss2014', () => import('./models/idriss-2014.js')],
  ['KaleEtAl2015Turkey KaleEtAl2015Iran', () => import('./models/kale-2015.js')],
  ['Kanno2006Deep Kanno2006Shallow', () => import('./models/kanno-2006.js')],
  ['ESHM20CratonShallowHighStressMidAtten ESHM20CratonShallowHighStressSlowAtten ESHM20CratonShallowMidStressMidAtten ESHM20CratonShallowMidStressSlowAtten ESHM20IcelandHighStressFastAtten ESHM20IcelandHighStressMidAtten ESHM20IcelandHighStressSlowAtten ESHM20IcelandLowStressFastAtten ESHM20IcelandLowStressMidAtten ESHM20IcelandLowStressSlowAtten ESHM20IcelandMidStressFastAtten ESHM20IcelandMidStressMidAtten ESHM20IcelandMidStressSlowAtten ESHM20IcelandVHighStressFastAtten ESHM20IcelandVHighStressMidAtten ESHM20IcelandVHighStressSlowAtten ESHM20IcelandVLowStressFastAtten ESHM20IcelandVLowStressMidAtten ESHM20IcelandVLowStressSlowAtten ESHM20ShallowCrustHighStressFastAtten ESHM20ShallowCrustHighStressMidAtten ESHM20ShallowCrustHighStressSlowAtten ESHM20ShallowCrustLowStressFastAtten ESHM20ShallowCrustLowStressMidAtten ESHM20ShallowCrustLowStressSlowAtten ESHM20ShallowCrustMidStressFastAtten ESHM20ShallowCrustMidStressMidAtten ESHM20ShallowCrustMidStressSlowAtten ESHM20ShallowCrustVHighStressFastAtten ESHM20ShallowCrustVHighStressMidAtten ESHM20ShallowCrustVHighStressSlowAtten ESHM20ShallowCrustVLowStressFastAtten ESHM20ShallowCrustVLowStressMidAtten ESHM20ShallowCrustVLowStressSlowAtten KothaEtAl2020 KothaEtAl2020ESHM20 KothaEtAl2020ESHM20SlopeGeology KothaEtAl2020Site KothaEtAl2020Slope', () => import('./models/kotha-2020.js')],
  ['KuehnEtAl2020SInter KuehnEtAl2020SSlab KuehnEtAl2020SInterAlaska KuehnEtAl2020SInterCascadia KuehnEtAl2020SInterCentralAmericaMexico KuehnEtAl2020SInterJapan KuehnEtAl2020SInterNewZealand KuehnEtAl2020SInterSouthAmerica KuehnEtAl2020SInterTaiwan KuehnEtAl2020SInterCascadiaSeattleBasin KuehnEtAl2020SSlabAlaska KuehnEtAl2020SSlabCascadia KuehnEtAl2020SSlabCentralAmericaMexico KuehnEtAl2020SSlabJapan KuehnEtAl2020SSlabNewZealand KuehnEtAl2020SSlabSouthAmerica KuehnEtAl2020SSlabTaiwan KuehnEtAl2020SSlabCascadiaSeattleBasin', () => import('./models/kuehn-2020.js')],
  ['LanzanoEtAl2016_RJB LanzanoEtAl2016_Rhypo', () => import('./models/lanzano-2016.js')],
  ['LanzanoEtAl2019_RJB_OMO LanzanoEtAl2019_RJB_OMOscaled LanzanoEtAl2019_RUP_OMO LanzanoEtAl2019_RJB_OMO_RefRock', () => import('./models/lanzano-2019.js')],
  ['LanzanoLuzi2019deep LanzanoLuzi2019deep_scaled LanzanoLuzi2019shallow LanzanoLuzi2019shallow_scaled', () => import('./models/lanzano-luzi-2019.js')],
  ['LinLee2008SInter LinLee2008SSlab', () => import('./models/lin-lee-2008.js')],
  ['M9BasinTerm', () => import('./wrappers/m9-basin-term.js')],
  ['ManeaEtAl2021', () => import('./models/manea-2021.js')],
  ['McVerry2006Asc McVerry2006AscSC McVerry2006ChchStressDrop McVerry2006SInter McVerry2006SSlab McVerry2006Volc McVerry2006Chch McVerry2006ChchAdditionalSigma McVerry2006SInterSC McVerry2006SSlabSC McVerry2006VolcSC', () => import('./models/mcverry-2006.js')],
  ['MegawatiPan2010', () => import('./models/megawati-pan-2010.js')],
  ['ModifiableGMPE', () => import('./wrappers/modifiable-gmpe.js')],
  ['MontalvaEtAl2016SInter MontalvaEtAl2016SSlab', () => import('./models/montalva-2016.js')],
  ['MontalvaEtAl2017SInter MontalvaEtAl2017SSlab', () => import('./models/montalva-2017.js')],
  ['MultiGMPE', () => import('./wrappers/multi-gmpe.js')],
  ['MunsonThurber1997Hawaii MunsonThurber1997 MunsonThurber1997Vector', () => import('./models/munson-thurber-1997.js')],
  ['NathEtAl2012Lower NathEtAl2012Upper', () => import('./models/nath-2012.js')],
  ['NBCC2015_AA13 NBCC2015_AA13_activecrustFRjb_central NBCC2015_AA13_activecrustFRjb_high NBCC2015_AA13_activecrustFRjb_low NBCC2015_AA13_activecrust_central NBCC2015_AA13_activecrust_high NBCC2015_AA13_activecrust_low NBCC2015_AA13_inslab30_central NBCC2015_AA13_inslab30_high NBCC2015_AA13_inslab30_low NBCC2015_AA13_inslab50_central NBCC2015_AA13_inslab50_high NBCC2015_AA13_inslab50_low NBCC2015_AA13_interface_central NBCC2015_AA13_interface_high NBCC2015_AA13_interface_low NBCC2015_AA13_offshore_central NBCC2015_AA13_offshore_high NBCC2015_AA13_offshore_low NBCC2015_AA13_stablecrust_central NBCC2015_AA13_stablecrust_high NBCC2015_AA13_stablecrust_low', () => import('./models/nbcc-2015-aa13.js')],
  ['AlNomanCramer2015NGAEast AlNomanCramer2015NGAEastTotalSigma Boore2015NGAEastA04 Boore2015NGAEastA04TotalSigma Boore2015NGAEastAB14 Boore2015NGAEastAB14TotalSigma Boore2015NGAEastAB95 Boore2015NGAEastAB95TotalSigma Boore2015NGAEastBCA10D Boore2015NGAEastBCA10DTotalSigma Boore2015NGAEastBS11 Boore2015NGAEastBS11TotalSigma Boore2015NGAEastSGD02 Boore2015NGAEastSGD02TotalSigma DarraghEtAl2015NGAEast1CCSP DarraghEtAl2015NGAEast1CCSPTotalSigma DarraghEtAl2015NGAEast1CVSP DarraghEtAl2015NGAEast1CVSPTotalSigma DarraghEtAl2015NGAEast2CCSP DarraghEtAl2015NGAEast2CCSPTotalSigma DarraghEtAl2015NGAEast2CVSP DarraghEtAl2015NGAEast2CVSPTotalSigma Frankel2015NGAEast Frankel2015NGAEastTotalSigma Graizer2015NGAEast Graizer2015NGAEastTotalSigma HassaniAtkinson2015NGAEast HassaniAtkinson2015NGAEastTotalSigma HollenbackEtAl2015NGAEastEX HollenbackEtAl2015NGAEastEXTotalSigma HollenbackEtAl2015NGAEastGP HollenbackEtAl2015NGAEastGPTotalSigma NGAEastGMPE NGAEastGMPETotalSigma PezeschkEtAl2015NGAEastM1SS PezeschkEtAl2015NGAEastM1SSTotalSigma PezeschkEtAl2015NGAEastM2ES PezeschkEtAl2015NGAEastM2ESTotalSigma ShahjoueiPezeschk2015NGAEast ShahjoueiPezeschk2015NGAEastTotalSigma YenierAtkinson2015NGAEast YenierAtkinson2015NGAEastTotalSigma', () => import('./models/nga-east.js')],
  ['NRCan15SiteTerm NRCan15SiteTermLinear', () => import('./wrappers/nrcan15-site-term.js')],
  ['AbrahamsonEtAl2014NSHMPLower AbrahamsonEtAl2014NSHMPMean AbrahamsonEtAl2014NSHMPUpper BooreEtAl2014NSHMPLower BooreEtAl2014NSHMPMean BooreEtAl2014NSHMPUpper CampbellBozorgnia2014NSHMPLower CampbellBozorgnia2014NSHMPMean CampbellBozorgnia2014NSHMPUpper ChiouYoungs2014NSHMPLower ChiouYoungs2014NSHMPMean ChiouYoungs2014NSHMPUpper Idriss2014NSHMPLower Idriss2014NSHMPMean Idriss2014NSHMPUpper NSHMP2014', () => import('./models/nshmp-2014.js')],
  ['NZNSHM2022_AbrahamsonGulerce2020SInter NZNSHM2022_AbrahamsonGulerce2020SSlab NZNSHM2022_AbrahamsonGulerce2020SInterAlaska NZNSHM2022_AbrahamsonGulerce2020SInterCascadia NZNSHM2022_AbrahamsonGulerce2020SInterCentralAmericaMexico NZNSHM2022_AbrahamsonGulerce2020SInterJapan NZNSHM2022_AbrahamsonGulerce2020SInterNewZealand NZNSHM2022_AbrahamsonGulerce2020SInterSouthAmerica NZNSHM2022_AbrahamsonGulerce2020SInterTaiwan NZNSHM2022_AbrahamsonGulerce2020SSlabAlaska NZNSHM2022_AbrahamsonGulerce2020SSlabCascadia NZNSHM2022_AbrahamsonGulerce2020SSlabCentralAmericaMexico NZNSHM2022_AbrahamsonGulerce2020SSlabJapan NZNSHM2022_AbrahamsonGulerce2020SSlabNewZealand NZNSHM2022_AbrahamsonGulerce2020SSlabSouthAmerica NZNSHM2022_AbrahamsonGulerce2020SSlabTaiwan', () => import('./models/nz-nshm-2022-abrahamson-gulerce-2020.js')],
  ['NZNSHM2022_KuehnEtAl2020SInter NZNSHM2022_KuehnEtAl2020SSlab', () => import('./models/nz-nshm-2022-kuehn-2020.js')],
  ['NZNSHM2022_ParkerEtAl2020SInter NZNSHM2022_ParkerEtAl2020SInterB NZNSHM2022_ParkerEtAl2020SSlab NZNSHM2022_ParkerEtAl2020SSlabB NZNSHM2022_ParkerEtAl2020SInterAleutian NZNSHM2022_ParkerEtAl2020SInterAlaska NZNSHM2022_ParkerEtAl2020SInterCAMN NZNSHM2022_ParkerEtAl2020SInterCAMS NZNSHM2022_ParkerEtAl2020SInterSAN NZNSHM2022_ParkerEtAl2020SInterSAS NZNSHM2022_ParkerEtAl2020SInterTaiwanE NZNSHM2022_ParkerEtAl2020SInterTaiwanW NZNSHM2022_ParkerEtAl2020SInterCascadia NZNSHM2022_ParkerEtAl2020SInterCascadiaOut NZNSHM2022_ParkerEtAl2020SInterCascadiaSeattle NZNSHM2022_ParkerEtAl2020SInterJapanPac NZNSHM2022_ParkerEtAl2020SInterJapanPhi NZNSHM2022_ParkerEtAl2020SSlabAleutian NZNSHM2022_ParkerEtAl2020SSlabAlaska NZNSHM2022_ParkerEtAl2020SSlabCAMN NZNSHM2022_ParkerEtAl2020SSlabCAMS NZNSHM2022_ParkerEtAl2020SSlabSAN NZNSHM2022_ParkerEtAl2020SSlabSAS NZNSHM2022_ParkerEtAl2020SSlabTaiwanE NZNSHM2022_ParkerEtAl2020SSlabTaiwanW NZNSHM2022_ParkerEtAl2020SSlabCascadia NZNSHM2022_ParkerEtAl2020SSlabCascadiaOut NZNSHM2022_ParkerEtAl2020SSlabCascadiaSeattle NZNSHM2022_ParkerEtAl2020SSlabJapanPac NZNSHM2022_ParkerEtAl2020SSlabJapanPhi', () => import('./models/nz-nshm-2022-parker.js')],
  ['ParkerEtAl2020SInter ParkerEtAl2020SInterB ParkerEtAl2020SSlab ParkerEtAl2020SSlabB ParkerEtAl2020SInterAleutian ParkerEtAl2020SInterAlaska ParkerEtAl2020SInterCAMN ParkerEtAl2020SInterCAMS ParkerEtAl2020SInterSAN ParkerEtAl2020SInterSAS ParkerEtAl2020SInterTaiwanE ParkerEtAl2020SInterTaiwanW ParkerEtAl2020SInterCascadia ParkerEtAl2020SInterCascadiaOut ParkerEtAl2020SInterCascadiaSeattle ParkerEtAl2020SInterJapanPac ParkerEtAl2020SInterJapanPhi ParkerEtAl2020SSlabAleutian ParkerEtAl2020SSlabAlaska ParkerEtAl2020SSlabCAMN ParkerEtAl2020SSlabCAMS ParkerEtAl2020SSlabSAN ParkerEtAl2020SSlabSAS ParkerEtAl2020SSlabTaiwanE ParkerEtAl2020SSlabTaiwanW ParkerEtAl2020SSlabCascadia ParkerEtAl2020SSlabCascadiaOut ParkerEtAl2020SSlabCascadiaSeattle ParkerEtAl2020SSlabJapanPac ParkerEtAl2020SSlabJapanPhi', () => import('./models/parker-2020.js')],
  ['PezeshkEtAl2011 PezeshkEtAl2011NEHRPBC', () => import('./models/pezeshk-2011.js')],
  ['RaghukanthIyengar2007 RaghukanthIyengar2007KoynaWarna RaghukanthIyengar2007Southern RaghukanthIyengar2007WesternCentral', () => import('./models/raghukanth-iyengar-2007.js')],
  ['SadighEtAl1997', () => import('./models/sadigh-1997.js')],
  ['SandikkayaDinsever2018', () => import('./models/sandikkaya-dinsever-2018.js')],
  ['SharmaEtAl2009', () => import('./models/sharma-2009.js')],
  ['SiMidorikawa1999Asc SiMidorikawa1999SInter SiMidorikawa1999SInterNorthEastCorrection SiMidorikawa1999SInterSouthWestCorrection SiMidorikawa1999SSlab SiMidorikawa1999SSlabNorthEastCorrection SiMidorikawa1999SSlabSouthWestCorrection', () => import('./models/si-midorikawa-1999.js')],
  ['SilvaEtAl2002DoubleCornerSaturation SilvaEtAl2002MblgAB1987NSHMP2008 SilvaEtAl2002MblgJ1996NSHMP2008 SilvaEtAl2002MwNSHMP2008 SilvaEtAl2002SingleCornerSaturation', () => import('./models/silva-2002.js')],
  ['SomervilleEtAl2001NSHMP2008', () => import('./models/somerville-2001.js')],
  ['SomervilleEtAl2009NonCratonic SomervilleEtAl2009YilgarnCraton', () => import('./models/somerville-2009.js')],
  ['SplitSigmaGMPE', () => import('./wrappers/split-sigma-gmpe.js')],
  ['Stafford2022', () => import('./models/stafford-2022.js')],
  ['ChiouYoungs2008SWISS01 ChiouYoungs2008SWISS04 ChiouYoungs2008SWISS06 ZhaoEtAl2006AscSWISS03 ZhaoEtAl2006AscSWISS05 ZhaoEtAl2006AscSWISS08 AkkarBommer2010SWISS01 AkkarBommer2010SWISS04 AkkarBommer2010SWISS08 CauzziFaccioli2008SWISS01 CauzziFaccioli2008SWISS04 CauzziFaccioli2008SWISS08', () => import('./models/swiss-2015.js')],
  ['TavakoliPezeshk2005 TavakoliPezeshk2005MblgAB1987NSHMP2008 TavakoliPezeshk2005MblgJ1996NSHMP2008 TavakoliPezeshk2005MwNSHMP2008', () => import('./models/tavakoli-pezeshk-2005.js')],
  ['ToroEtAl1997MblgNSHMP2008 ToroEtAl1997MwNSHMP2008', () => import('./models/toro-1997.js')],
  ['ToroEtAl2002 ToroEtAl2002SHARE', () => import('./models/toro-2002.js')],
  ['TusaLanger2016RepiSP87SE TusaLanger2016Rhypo TusaLanger2016RepiBA08DE TusaLanger2016RepiBA08SE TusaLanger2016RepiSP87DE', () => import('./models/tusa-langer-2016.js')],
  ['NGAEastUSGSGMPE NGAEastUSGSSammons1 NGAEastUSGSSammons10 NGAEastUSGSSammons11 NGAEastUSGSSammons12 NGAEastUSGSSammons13 NGAEastUSGSSammons14 NGAEastUSGSSammons15 NGAEastUSGSSammons16 NGAEastUSGSSammons17 NGAEastUSGSSammons2 NGAEastUSGSSammons3 NGAEastUSGSSammons4 NGAEastUSGSSammons5 NGAEastUSGSSammons6 NGAEastUSGSSammons7 NGAEastUSGSSammons8 NGAEastUSGSSammons9 NGAEastUSGSSeed1CCSP NGAEastUSGSSeed1CVSP NGAEastUSGSSeed2CCSP NGAEastUSGSSeed2CVSP NGAEastUSGSSeedB_a04 NGAEastUSGSSeedB_ab14 NGAEastUSGSSeedB_ab95 NGAEastUSGSSeedB_bca10d NGAEastUSGSSeedB_bs11 NGAEastUSGSSeedB_sgd02 NGAEastUSGSSeedFrankel NGAEastUSGSSeedGraizer NGAEastUSGSSeedGraizer16 NGAEastUSGSSeedGraizer17 NGAEastUSGSSeedHA15 NGAEastUSGSSeedPEER_EX NGAEastUSGSSeedPEER_GP NGAEastUSGSSeedPZCT15_M1SS NGAEastUSGSSeedPZCT15_M2ES NGAEastUSGSSeedSP15 NGAEastUSGSSeedYA15', () => import('./models/usgs-ceus-2019.js')],
  ['Weatherill2024ESHM20AvgSA Weatherill2024ESHM20AvgSAHomoskedastic Weatherill2024ESHM20SlopeGeologyAvgSA', () => import('./models/weatherill-2024.js')],
  ['WongEtAl2022Deep WongEtAl2022Shallow', () => import('./models/wong-2022.js')],
  ['YoungsEtAl1997SInter YoungsEtAl1997SInterNSHMP2008 YoungsEtAl1997SSlab YoungsEtAl1997GSCSSlabBest YoungsEtAl1997GSCSSlabLowerLimit YoungsEtAl1997GSCSSlabUpperLimit', () => import('./models/youngs-1997.js')],
  ['YuEtAl2013Ms YuEtAl2013MwStable YuEtAl2013MsEastern YuEtAl2013MsStable YuEtAl2013MsTibet YuEtAl2013Mw YuEtAl2013MwEastern YuEtAl2013MwTibet', () => import('./models/yu-2013.js')],
  ['ZhaoEtAl2006Asc ZhaoEtAl2006SInter ZhaoEtAl2006SInterCascadia ZhaoEtAl2006SInterNSHMP2008 ZhaoEtAl2006SSlab ZhaoEtAl2006SSlabCascadia ZhaoEtAl2006SSlabNSHMP2014 ZhaoEtAl2006AscSGS', () => import('./models/zhao-2006.js')],
  ['ZhaoEtAl2016Asc ZhaoEtAl2016AscSiteSigma ZhaoEtAl2016UpperMantle ZhaoEtAl2016UpperMantleSiteSigma ZhaoEtAl2016SInter ZhaoEtAl2016SInterSiteSigma ZhaoEtAl2016SSlab ZhaoEtAl2016SSlabSiteSigma ZhaoEtAl2016SSlabPErg', () => import('./models/zhao-2016.js')],
];

const MODELS = new ModelRegistry(MODEL_FILES);

/** ModelRegistry.registered of all models. */
export const registeredNames = (): string[] => MODELS.registered();

/** ModelRegistry.names of all models. */
export const modelNames = (): string[] => MODELS.names();

/** ModelRegistry.find among all models. */
export const findModel = (name: string): Promise<ModelDeclaration | ModelAlias | undefined> => MODELS.find(name);

/** ModelRegistry.resolve among all models. */
export const resolveModel = (
  specification: ModelSpecification,
): Promise<{ declaration: ModelDeclaration; arguments: Arguments }> => MODELS.resolve(specification);

/** ModelRegistry.component among all models. */
export const horizontalComponent = (specification: ModelSpecification): Promise<string> =>
  MODELS.component(specification);

/** ModelRegistry.create from all models. */
export const createModel = (
  specification: ModelSpecification,
  resources: Omit<ModelResources, 'model'>,
): Promise<GroundMotionModel> => MODELS.create(specification, resources);

/** ModelRegistry.asGeometricMean among all models. */
export const asGeometricMean = (specification: ModelSpecification): Promise<ModelSpecification> =>
  MODELS.asGeometricMean(specification);
