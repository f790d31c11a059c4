using System.Runtime.InteropServices;

namespace GossipSim.Scenarios.Nodes;

/// <summary>
/// How this program starts itself again: as the built program, or as a library that <c>dotnet</c> runs.
/// </summary>
internal static class ProgramLaunch
{
    private static readonly string library = typeof(ProgramLaunch).Assembly.Location;

    private static readonly bool isBuiltProgram =
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == Path.GetFileNameWithoutExtension(library);

    public static string FileName => isBuiltProgram ? Environment.ProcessPath! : Dotnet();

    public static string[] Arguments(params string[] arguments) =>
        isBuiltProgram ? arguments : ["exec", library, .. arguments];

    // The runtime lies in DOTNET/shared/Microsoft.NETCore.App/VERSION/.
    private static string Dotnet() => Path.GetFullPath(
        Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
}
