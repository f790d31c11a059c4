using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace GossipSim.Analysis;

/// <summary>
/// The few entry points of librsvg (2.52 or later) and cairo that turn SVG into PNG, loaded only if the system has
/// them. Nothing is linked: without them the program runs as well, with SVG alone.
/// </summary>
internal sealed class NativeRenderer
{
    public const string Libraries = "librsvg-2.so.2, libcairo.so.2 and libgobject-2.0.so.0";

    private static readonly Lazy<NativeRenderer?> Loaded = new(TryLoad);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate IntPtr NewFromData(byte[] data, nuint length, out IntPtr error);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate int GetSize(IntPtr handle, out double width, out double height);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate int RenderDocument(IntPtr handle, IntPtr context, in Rectangle viewport, out IntPtr error);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate IntPtr CreateSurface(int format, int width, int height);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate IntPtr CreateContext(IntPtr surface);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate void Release(IntPtr pointer);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate int WritePng(IntPtr surface, WriteBytes writer, IntPtr closure);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate int WriteBytes(IntPtr closure, IntPtr data, uint length);

    public required NewFromData OpenSvg { get; init; }

    public required GetSize SizeOf { get; init; }

    public required RenderDocument Render { get; init; }

    public required Release ReleaseSvg { get; init; }

    public required CreateSurface NewSurface { get; init; }

    public required CreateContext NewContext { get; init; }

    public required WritePng Write { get; init; }

    public required Release ReleaseContext { get; init; }

    public required Release ReleaseSurface { get; init; }

    public static NativeRenderer? Instance => Loaded.Value;

    private static NativeRenderer? TryLoad()
    {
        if (!NativeLibrary.TryLoad("librsvg-2.so.2", out IntPtr rsvg)
            || !NativeLibrary.TryLoad("libcairo.so.2", out IntPtr cairo)
            || !NativeLibrary.TryLoad("libgobject-2.0.so.0", out IntPtr gobject))
        {
            return null;
        }

        return TryFind(rsvg, "rsvg_handle_new_from_data", out NewFromData? open)
            && TryFind(rsvg, "rsvg_handle_get_intrinsic_size_in_pixels", out GetSize? size)
            && TryFind(rsvg, "rsvg_handle_render_document", out RenderDocument? render)
            && TryFind(gobject, "g_object_unref", out Release? releaseSvg)
            && TryFind(cairo, "cairo_image_surface_create", out CreateSurface? newSurface)
            && TryFind(cairo, "cairo_create", out CreateContext? newContext)
            && TryFind(cairo, "cairo_surface_write_to_png_stream", out WritePng? write)
            && TryFind(cairo, "cairo_destroy", out Release? releaseContext)
            && TryFind(cairo, "cairo_surface_destroy", out Release? releaseSurface)
            ? new NativeRenderer
            {
                OpenSvg = open,
                SizeOf = size,
                Render = render,
                ReleaseSvg = releaseSvg,
                NewSurface = newSurface,
                NewContext = newContext,
                Write = write,
                ReleaseContext = releaseContext,
                ReleaseSurface = releaseSurface,
            }
            : null;
    }

    private static bool TryFind<T>(IntPtr library, string name, [NotNullWhen(true)] out T? function)
        where T : Delegate
    {
        function = NativeLibrary.TryGetExport(library, name, out IntPtr address)
            ? Marshal.GetDelegateForFunctionPointer<T>(address)
            : null;
        return function != null;
    }

    /// <summary>RsvgRectangle.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public readonly struct Rectangle(double width, double height)
    {
        public readonly double X = 0;
        public readonly double Y = 0;
        public readonly double Width = width;
        public readonly double Height = height;
    }
}
