"""A C function called for many items, in machine code that LLVM makes of a loop when it is first needed.

A page takes ten thousand calls of pdfium, of some ten nanoseconds each. Called from Python one by one, each of them
takes thirty times as long, and a document is read at a third of its speed.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any, Literal, NamedTuple

import llvmlite.binding as llvm
import numpy as np
from numpy.typing import NDArray

Returns = Literal["i32", "float", "ptr"]
_RESULTS: dict[Returns, type] = {"i32": np.int32, "float": np.float32, "ptr": np.int64}

_LOOP = """
define void @{name}(ptr %function, ptr %owner, ptr %items, i64 %count, ptr %results, ptr %fields) {{
entry:
  %any = icmp sgt i64 %count, 0
  br i1 %any, label %loop, label %end
loop:
  %k = phi i64 [0, %entry], [%next, %loop]
  %item_at = getelementptr i64, ptr %items, i64 %k
  %item = load i64, ptr %item_at
{places}
  %result = call {returns} %function({arguments})
  %result_at = getelementptr {returns}, ptr %results, i64 %k
  store {returns} %result, ptr %result_at
  %next = add i64 %k, 1
  %more = icmp slt i64 %next, %count
  br i1 %more, label %loop, label %end
end:
  ret void
}}
"""
_FIELD = """
  %offset{n} = add i64 %start, {skip}
  %field{n} = getelementptr i8, ptr %fields, i64 %offset{n}"""
_SIZE = 4
"""Bytes of a field: all that pdfium fills in are of 32 bits."""


class _Shape(NamedTuple):
    """What the loop has to know of a function: see :class:`Loop`."""

    returns: Returns
    has_owner: bool
    pointers: int
    fields: int

    @property
    def name(self) -> str:
        return "_".join(["each", *(str(part) for part in self)])

    def assembly(self) -> str:
        """The loop in LLVM's language."""
        # A register holds the whole number, whether the function wants its lower half or all of it.
        arguments = ["ptr %owner", "i64 %item"] if self.has_owner else ["ptr %handle"]
        places = "" if self.has_owner else "  %handle = inttoptr i64 %item to ptr"
        if self.pointers:
            places += f"\n  %start = mul i64 %k, {_SIZE * self.fields}"
        for n in range(self.pointers):
            places += _FIELD.format(n=n, skip=_SIZE * n)
            arguments.append(f"ptr %field{n}")
        return _LOOP.format(name=self.name, returns=self.returns, places=places, arguments=", ".join(arguments))


class Loop:
    """The C *function*, called item by item: ``function(owner, item, …)`` where it has an *owner*, then items are
    numbers of its parts; else ``function(item, …)``, and items are handles, as integers.

    It *returns* a number or a handle. *pointers* to fields follow the arguments above, each to the next field of 32
    bits; the last one may be to a structure, so that there are more *fields* than pointers. They are of type *field*.
    """

    def __init__(
        self,
        function: Any,
        returns: Returns = "i32",
        has_owner: bool = False,
        pointers: int = 0,
        fields: int = 0,
        field: type = np.float32,
    ) -> None:
        self._function = ctypes.cast(function, ctypes.c_void_p).value
        self._shape = _Shape(returns, has_owner, pointers, fields)
        self._result, self._field = _RESULTS[returns], field
        _CODE.setdefault(self._shape)

    def __call__(self, items: NDArray[np.int64], owner: int = 0) -> NDArray[Any]:
        """What the function returns for each item."""
        return self._call(items, owner, None)

    def fill(self, items: NDArray[np.int64], owner: int = 0) -> tuple[NDArray[np.bool_], NDArray[Any]]:
        """Where the function says that it succeeded; and the fields, shape (items, fields), zeros where unwritten."""
        fields: NDArray[Any] = np.zeros((len(items), self._shape.fields), self._field)
        return self._call(items, owner, fields) != 0, fields

    def _call(self, items: NDArray[np.int64], owner: int, fields: NDArray[Any] | None) -> NDArray[Any]:
        items = np.ascontiguousarray(items, np.int64)
        if not items.flags.writeable:
            items = items.copy()
        results: NDArray[Any] = np.empty(len(items), self._result)
        if not len(items):
            return results
        written = None if fields is None else _place(fields)
        loop = _CODE[self._shape] or _compile(self._shape)
        loop(self._function, owner, _place(items), len(items), _place(results), written)
        return results


def _place(array: NDArray[Any]) -> int:
    """Where in memory an array that is not empty begins; ``array.ctypes.data`` takes ten times as long to say it."""
    return ctypes.addressof(ctypes.c_char.from_buffer(array.data))


_CODE: dict[_Shape, Callable[..., None] | None] = {}
"""The loops over functions of each shape; None until they are compiled, all at once."""
_KEPT: list[Any] = []
"""LLVM's engines: the code of their loops goes with them."""


def _compile(wanted: _Shape) -> Callable[..., None]:
    """Compile all loops that are not compiled, and give back the *wanted* one."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    new = [shape for shape, code in _CODE.items() if code is None]
    module = llvm.parse_assembly("".join(shape.assembly() for shape in new))
    module.verify()
    engine = llvm.create_mcjit_compiler(module, llvm.Target.from_default_triple().create_target_machine(opt=0))
    engine.finalize_object()
    _KEPT.append(engine)
    plain, number = ctypes.c_void_p, ctypes.c_int64
    prototype = ctypes.CFUNCTYPE(None, plain, plain, plain, number, plain, plain)
    codes = {shape: prototype(engine.get_function_address(shape.name)) for shape in new}
    _CODE.update(codes)
    return codes[wanted]
