using System.Xml.Linq;
using NUnit.Framework;

namespace GossipSim.Tests.House;

/// <summary>DESIGN section 1: who may know whom. Projects by references, the halves of Engine as compiled.</summary>
[TestFixture]
internal sealed class ArrowTests
{
    private const string Protocol = "GossipSim.Engine.Protocol";
    private const string Simulation = "GossipSim.Engine.Simulation";

    /// <summary>DESIGN section 2: no thread, clock, chance or I/O but what the context gives.</summary>
    private static readonly string[] impure =
    [
        "System.Threading.", "System.Net.", "System.IO.", "System.Diagnostics.Stopwatch", "System.Diagnostics.Process",
        "System.DateTime", "System.TimeZoneInfo", "System.TimeProvider", "System.Random",
        "System.Environment", "System.Console", "System.Guid", "System.HashCode",
    ];

    [TestCase("Engine/Engine.csproj")]
    [TestCase("Analysis/Analysis.csproj")]
    [TestCase("RealNet/RealNet.csproj", "Engine")]
    [TestCase("Scenarios/Scenarios.csproj", "Engine", "RealNet", "Analysis")]
    public void A_project_refers_to_no_other_than_the_house_allows(string project, params string[] allowed)
    {
        var references = XDocument.Load(Path.Combine(Repository.Root, project)).Descendants("ProjectReference")
            .Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'))
            .Select(path => Path.GetFileNameWithoutExtension(path));

        Assert.That(references, Is.EquivalentTo(allowed));
    }

    [Test]
    public void There_are_no_other_projects()
    {
        string[] known =
        [
            "Analysis/Analysis.csproj", "Engine/Engine.csproj", "RealNet/RealNet.csproj", "Scenarios/Scenarios.csproj",
            "tests/Benchmarks/Benchmarks.csproj", "tests/EndToEnd/EndToEnd.csproj",
            "tests/GossipSim.Tests/GossipSim.Tests.csproj",
        ];

        Assert.That(Repository.Files("*.csproj"), Is.SubsetOf(known));
    }

    [Test]
    public void Engine_needs_nothing_but_the_base_class_library()
    {
        using var engine = Compiled("Engine");

        Assert.That(engine.Assemblies(), Has.All.StartsWith("System."));
    }

    [Test]
    public void The_protocol_does_not_know_the_simulation()
    {
        using var engine = Compiled("Engine");

        Assert.That(OfNamespace(engine.ReferredBy(Protocol), Simulation), Is.Empty);
        Assert.That(OfNamespace(engine.ReferredBy(Simulation), Protocol), Is.Not.Empty, "the reader works");
    }

    [Test]
    public void The_protocol_is_pure()
    {
        using var engine = Compiled("Engine");

        var referred = engine.ReferredBy(Protocol);

        Assert.That(referred.Where(IsImpure), Is.Empty);
        Assert.That(referred, Does.Contain("System.Security.Cryptography.SHA256"), "calls in bodies are seen");
    }

    [Test]
    public void Engine_has_two_halves_and_nothing_else()
    {
        using var engine = Compiled("Engine");
        var ours = engine.Namespaces().Where(name => name.StartsWith("GossipSim", StringComparison.Ordinal));

        Assert.That(ours, Is.EqualTo(new[] { Protocol, Simulation }));
    }

    [Test]
    public void The_real_network_does_not_know_the_simulated_one()
    {
        using var realNet = Compiled("RealNet");

        var referred = realNet.Namespaces().SelectMany(realNet.ReferredBy).ToHashSet();

        Assert.That(OfNamespace(referred, Simulation), Is.Empty);
        Assert.That(OfNamespace(referred, Protocol), Is.Not.Empty);
    }

    [Test]
    public void Analysis_knows_nothing_of_ours()
    {
        using var analysis = Compiled("Analysis");

        Assert.That(analysis.Assemblies(), Has.None.AnyOf("Engine", "RealNet", "gossipsim"));
    }

    private static CompiledTypes Compiled(string project) =>
        new(Path.Combine(AppContext.BaseDirectory, $"{project}.dll"));

    private static IEnumerable<string> OfNamespace(IEnumerable<string> types, string @namespace) =>
        types.Where(type => type.StartsWith(@namespace + ".", StringComparison.Ordinal));

    private static bool IsImpure(string type) => impure.Any(banned =>
        banned.EndsWith('.')
            ? type.StartsWith(banned, StringComparison.Ordinal)
            : type == banned || type == banned + "Offset");
}
