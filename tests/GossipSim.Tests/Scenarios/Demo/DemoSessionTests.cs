using System.Text.Json;
using GossipSim.Scenarios.Demo;
using GossipSim.Scenarios.Files;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Demo;

[TestFixture]
internal sealed class DemoSessionTests
{
    private static DemoSession SessionOf(
        string seedNodes = "3", string peers = "8", string rule = "preferentialAttachment", string randomSeed = "1") =>
        new(DemoChoice.Read(seedNodes, peers, rule, randomSeed), ScenarioLibrary.OfProgram());

    [Test, Explicit("dump")]
    public void Dump()
    {
        var session = SessionOf(Environment.GetEnvironmentVariable("SEEDS") ?? "3", Environment.GetEnvironmentVariable("PEERS") ?? "8", Environment.GetEnvironmentVariable("RULE") ?? "preferentialAttachment");
        foreach (var phase in DemoPhases.All)
        {
            var steps = session.StepsOf(phase);
            TestContext.Out.WriteLine($"=== {phase}: {steps.Count} steps, {JsonSerializer.Serialize(steps).Length} chars");
            foreach (var step in steps)
            {
                TestContext.Out.WriteLine($"[{step.Seconds:F3}] ## {step.Title}");
                foreach (var text in step.Text) TestContext.Out.WriteLine("    " + text);
                if (step.Source is not null) TestContext.Out.WriteLine("    <" + step.Source + ">");
                foreach (var table in step.Tables)
                {
                    TestContext.Out.WriteLine($"    | {table.Title}: {string.Join(" | ", table.Columns)}");
                    foreach (var row in table.Rows) TestContext.Out.WriteLine("    | " + string.Join(" | ", row));
                }
            }
        }
    }
}
