// Every fixture may run beside every other: tests use free ports, wait on conditions and share nothing.
// More of them than processors, because what runs on sockets mostly waits.
[assembly: NUnit.Framework.LevelOfParallelism(5)]
[assembly: NUnit.Framework.Parallelizable(NUnit.Framework.ParallelScope.All)]
[assembly: NUnit.Framework.FixtureLifeCycle(NUnit.Framework.LifeCycle.InstancePerTestCase)]
